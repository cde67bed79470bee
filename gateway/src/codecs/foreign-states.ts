import type { ReportedState } from '@fenghuo/contracts/words.ts';

/** What is known of one kind of condition of one foreign device. */
interface Known {
  aspects: Readonly<Record<string, ReportedState>>;
  readonly state: ReportedState;
  /** When this state was first reported, ms; later than that of the state before. */
  readonly since: number;
  readonly before: ReportedState | null;
  /** The event that says so is stored: only from then on is a repeat none. */
  stored: boolean;
}

/** `isNews` false: the condition is known and stored. A change that is not stored yet is the same news again. */
export interface Change {
  isNews: boolean;
  state: ReportedState;
  /** The same for each report of this change, so that the second one meets its twin. */
  since: number;
  /** Null: nobody had heard of it before. */
  before: ReportedState | null;
  /** To be called once the event is stored. */
  stored(): void;
}

export interface Reported {
  state: ReportedState;
  aspect: string;
  now: number;
}

/** States of one kind, the gravest first. */
const gravest: readonly ReportedState[] = ['alarm', 'fault', 'test', 'normal'];

/** Aspects of one condition, such as the zones of a device; of more, one that is well is forgotten. */
const mostAspects = 256;

/** Conditions remembered: two for each of 170,000 detectors, about 150 bytes each. */
const mostConditions = 400_000;

/**
 * The last condition of each foreign device, for dialects that repeat it without an id: what they repeat is no event.
 * A change counts as known when it is stored, not when it is heard, or a message that was lost on its way to the
 * database would be taken for a repeat when it comes again. Of more conditions than it has room for it forgets the one
 * that changed longest ago; its next repeat is then stored once more, and changes no alarm that stands.
 */
export class ForeignStates {
  readonly #known = new Map<string, Known>();
  readonly #most: number;

  constructor(most = mostConditions) {
    this.#most = most;
  }

  get size(): number {
    return this.#known.size;
  }

  /** The state that is known; null: none. */
  stateOf(key: string): ReportedState | null {
    return this.#known.get(key)?.state ?? null;
  }

  /** `key`: world, device and kind. */
  note(key: string, reported: Reported): Change {
    const known = this.#known.get(key);
    const entry = known === undefined ? first(reported) : next(known, reported);
    if (entry !== known) this.#keep(key, entry);
    const { state, since, before } = entry;
    const stored = () => {
      entry.stored = true;
    };
    return { isNews: !entry.stored, state, since, before, stored };
  }

  #keep(key: string, entry: Known): void {
    this.#known.delete(key);
    this.#known.set(key, entry);
    if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value!);
  }
}

function first({ state, aspect, now }: Reported): Known {
  return { aspects: { [aspect]: state }, state, since: now, before: null, stored: false };
}

/** The entry itself when the condition is the same; only what one aspect says may differ then. */
function next(known: Known, { state, aspect, now }: Reported): Known {
  if (known.aspects[aspect] === state) return known;
  const aspects = withAspect(known.aspects, aspect, state);
  const states = Object.values(aspects);
  const combined = gravest.find((one) => states.includes(one)) ?? state;
  if (combined === known.state) {
    known.aspects = aspects;
    return known;
  }
  const since = Math.max(now, known.since + 1);
  return { aspects, state: combined, since, before: known.state, stored: false };
}

function withAspect(known: Known['aspects'], aspect: string, state: ReportedState): Known['aspects'] {
  const aspects: Record<string, ReportedState> = { ...known, [aspect]: state };
  const names = Object.keys(aspects);
  if (names.length <= mostAspects) return aspects;
  const isSpare = (name: string) => name !== aspect && aspects[name] === 'normal';
  delete aspects[names.find(isSpare) ?? names[0]!];
  return aspects;
}
