import { type DutyPost, unitLevels } from '@fenghuo/contracts/words.ts';
import type { RegisteredPerson, RegisteredUnit } from '../registry/registry.ts';
import type { Roster } from './roster.ts';

type UnitById = (id: string) => RegisteredUnit | undefined;

/** The units above one, the next first: 站 › 镇街 › 市. A parent that is named twice ends it. */
export function above(unitOf: UnitById, unit: RegisteredUnit): RegisteredUnit[] {
  const chain: RegisteredUnit[] = [];
  const seen = new Set([unit.id]);
  for (let id = unit.parent; id !== null && !seen.has(id); ) {
    const next = unitOf(id);
    if (next === undefined) break;
    chain.push(next);
    seen.add(next.id);
    id = next.parent;
  }
  return chain;
}

/** Who is told in place of a unit, and who they are; `unit` is the unit itself where somebody of it is on duty. */
export interface Told {
  unit: RegisteredUnit;
  people: RegisteredPerson[];
}

/** The unit, or the next above it of which somebody is on duty; null: nobody is, up to the county. Pure. */
export function whoIsThere(unitOf: UnitById, roster: Roster, unit: RegisteredUnit): Told | null {
  for (const next of [unit, ...above(unitOf, unit)]) {
    const people = roster.onDuty(next.id);
    if (people.length > 0) return { unit: next, people };
  }
  return null;
}

/**
 * Whom lateness goes to next: the nearest unit above the holder that stands higher than everyone told so far and of which
 * somebody is on duty; else the top, whose screens show it. Null: the top has been told, or holds it. Pure.
 */
export function nextUp(
  unitOf: UnitById,
  roster: Roster,
  holder: RegisteredUnit,
  told: readonly { level: RegisteredUnit['level'] }[],
): RegisteredUnit | null {
  const reached = Math.min(...[holder, ...told].map(({ level }) => unitLevels.indexOf(level)));
  const higher = above(unitOf, holder).filter(({ level }) => unitLevels.indexOf(level) < reached);
  return higher.find(({ id }) => roster.count(id) > 0) ?? higher.at(-1) ?? null;
}

/** Whom of a county lateness is told: the duty commander and who follows cases up. */
const countyPosts: readonly DutyPost[] = ['commander', 'follow-up'];

/** Of a county those whose post it is, where there are any; of every other unit everyone on duty. */
export function whoHearsLateness({ unit, people }: Told): RegisteredPerson[] {
  if (unit.level !== 'county') return people;
  const theirs = people.filter(({ post }) => countyPosts.includes(post));
  return theirs.length > 0 ? theirs : people;
}
