import type { Words } from '@fenghuo/contracts/words.ts';
import { countdown } from '../state/deadline.ts';
import type { World } from '../state/world.ts';

/** A township as the wall lists it. */
export interface TownshipRow {
  code: string;
  name: Words;
  /** Safety index, 0 to 100; null: not told, or nothing to tell it from. */
  index: number | null;
  /** Open tickets of the live world in it, and those that are late. */
  open: number;
  late: number;
}

/** The townships with work first, the late before all; then those with the lowest index. */
export function townshipRows(
  world: Pick<World, 'places' | 'tickets'>,
  index: ReadonlyMap<string, number>,
  now: number,
): TownshipRow[] {
  const live = [...world.tickets.values()].filter(({ run }) => run === null);
  return world.places
    .filter(({ level }) => level === 'township')
    .map(({ code, name }) => {
      const tickets = live.filter(({ area }) => area.startsWith(code));
      const late = tickets.filter(({ due }) => due !== null && countdown(due, now).light === 'red').length;
      return { code, name, index: index.get(code) ?? null, open: tickets.length, late };
    })
    .sort(
      (a, b) =>
        b.late - a.late ||
        b.open - a.open ||
        (a.index ?? 101) - (b.index ?? 101) ||
        (a.code < b.code ? -1 : 1),
    );
}
