import type { FoundPlace } from '@fenghuo/contracts/intake.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { type AreaScope, isCountywide, sees } from '../access/area-scope.ts';
import { plainText, plainWords } from './plain-text.ts';

/** A row of the registry that can be looked for. */
export interface PlaceRow {
  kind: FoundPlace['kind'];
  id: string;
  name: Words;
  area: string;
  lon: number | null;
  lat: number | null;
}

/** Of equals, what people name most often comes first. */
const kindsInOrder: readonly FoundPlace['kind'][] = ['village', 'township', 'building', 'camera'];
const most = 8;
/** Beginnings of ids are looked for from this length on: a bare number is one of a house. */
const shortestId = 6;

interface Entry {
  row: PlaceRow;
  /** Its own names, and those with what it lies in, plain. */
  own: string;
  all: string;
  id: string;
}

interface Ranked {
  row: PlaceRow;
  rank: number;
}

/**
 * Every place of a county that a report can name, in memory: 55,000 of them take 20 MB and 0.3 s to make, and a search
 * through all of them 3 to 8 ms. Made anew when the registry changed.
 */
export class PlaceIndex {
  readonly #entries: Entry[];
  readonly #areaNames: ReadonlyMap<string, Words>;
  readonly #byId: ReadonlyMap<string, PlaceRow>;

  constructor(rows: readonly PlaceRow[]) {
    const areas = rows.filter(({ kind }) => kind === 'village' || kind === 'township');
    this.#areaNames = new Map(areas.map(({ id, name }) => [id, name]));
    const around = new Map<string, string>();
    this.#entries = rows.map((row) => this.#entryOf(row, around));
    this.#byId = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]));
  }

  #entryOf(row: PlaceRow, around: Map<string, string>): Entry {
    const own = plainText(`${row.name.zh} ${row.name.en === row.name.zh ? '' : row.name.en}`);
    const codes = areasAround(row);
    const key = codes.join();
    let names = around.get(key);
    if (names === undefined) {
      const words = codes.map((code) => this.#areaNames.get(code)).filter((name) => name !== undefined);
      names = plainText(words.map(({ zh, en }) => `${zh} ${en}`).join(' '));
      around.set(key, names);
    }
    return { row, own, all: names + own, id: plainText(row.id) };
  }

  /** A place by its kind and id; null when the county has none. */
  find(kind: FoundPlace['kind'], id: string): FoundPlace | null {
    const row = this.#byId.get(`${kind} ${id}`);
    return row === undefined ? null : this.#found(row);
  }

  /** Places of the scope of which every word of the text is a part, the nearest to what was typed first. */
  search(text: string, scope: AreaScope): FoundPlace[] {
    const words = plainWords(text);
    if (words.length === 0) return [];
    const whole = words.join('');
    const everywhere = isCountywide(scope);
    const top: Ranked[] = [];
    for (const { row, own, all, id } of this.#entries) {
      const named = id === whole || (whole.length >= shortestId && id.startsWith(whole));
      if (!named && !words.every((word) => all.includes(word))) continue;
      if (everywhere || sees(scope, row.area))
        keepBest(top, { row, rank: named ? 0 : rankOf(own, words, whole) });
    }
    return top.map(({ row }) => this.#found(row));
  }

  #found(row: PlaceRow): FoundPlace {
    const names = areasAround(row)
      .map((code) => this.#areaNames.get(code))
      .filter((name) => name !== undefined);
    const around = {
      zh: names.map(({ zh }) => zh).join(' '),
      en: names
        .map(({ en }) => en)
        .reverse()
        .join(', '),
    };
    return { ...row, around };
  }
}

/** Township and village that something lies in; of one of these, what is above it. */
function areasAround({ kind, area }: PlaceRow): string[] {
  if (kind === 'township') return [];
  if (kind === 'village') return [area.slice(0, 9)];
  return [area.slice(0, 9), area.slice(0, 12)].filter((code, i) => code.length === 9 + i * 3);
}

/** Takes a place in among the best so far, in their order. */
function keepBest(top: Ranked[], one: Ranked): void {
  let at = top.length;
  while (at > 0 && compare(one, top[at - 1]!) < 0) at -= 1;
  if (at >= most) return;
  top.splice(at, 0, one);
  if (top.length > most) top.pop();
}

function compare(a: Ranked, b: Ranked): number {
  const order = a.rank - b.rank || kindsInOrder.indexOf(a.row.kind) - kindsInOrder.indexOf(b.row.kind);
  return order || a.row.name.zh.length - b.row.name.zh.length || (a.row.id < b.row.id ? -1 : 1);
}

/** 0: its name; 1: its name begins so; 2: all of it is in its name; 3: a part; 4: only in what is around it. */
function rankOf(own: string, words: readonly string[], whole: string): number {
  if (own === whole) return 0;
  if (own.startsWith(whole)) return 1;
  const inName = words.filter((word) => own.includes(word)).length;
  const isWhole = words.every((word) => !isCutNumber(own, word));
  return (inName === words.length ? 2 : inName > 0 ? 3 : 4) + (isWhole ? 0 : 0.5);
}

/** 12 is in 121 and in 112, and is not meant there. */
function isCutNumber(own: string, word: string): boolean {
  const at = own.indexOf(word);
  if (at < 0 || !/^\d/.test(word)) return false;
  return /\d/.test(own[at - 1] ?? '') || (/\d$/.test(word) && /\d/.test(own[at + word.length] ?? ''));
}
