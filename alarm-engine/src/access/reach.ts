import type { CommandAct } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';
import { above } from '../chain/next-up.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { type AreaScope, areaPattern, isCountywide, scopeKey, sees } from './area-scope.ts';
import { opensByOrder } from './rights.ts';

/** What somebody sees and acts in: an area, and the cases to which their unit is ordered, wherever those lie. */
export interface Reach extends AreaScope {
  /** Null: of no unit, or it makes no difference. */
  unit: string | null;
}

/** Where a record lies, and which units are ordered to the case that it is of. */
export interface Reachable {
  area: string;
  units: readonly string[];
}

type UnitById = (id: string) => RegisteredUnit | undefined;

/** Of an account: whoever sees the whole county needs no order to. */
export function reachOf(county: string, who: { area: string; unit?: string | undefined }): Reach {
  const scope = { county, area: who.area };
  return { ...scope, unit: isCountywide(scope) ? null : (who.unit ?? null) };
}

/** The rule of who sees what: what lies in their area, and what their unit is ordered to. */
export function reaches(reach: Reach, { area, units }: Reachable): boolean {
  return sees(reach, area) || isOrderedTo(reach, units);
}

/** The rule of who acts on what, their role aside: an order opens what the workflow needs of them, and no more. */
export function mayActOn(reach: Reach, act: CommandAct, { area, units }: Reachable): boolean {
  return sees(reach, area) || (opensByOrder(act) && isOrderedTo(reach, units));
}

/** True when the unit of the reach is one of those ordered to a case. */
export function isOrderedTo({ unit }: Reach, units: readonly string[]): boolean {
  return unit !== null && units.includes(unit);
}

/**
 * The units that are ordered to a case while it is open: who holds its ticket, who was called to it and not let go, the
 * team that was at the scene until the case is closed or taken from it; and those above each, below the county. Sorted. Pure.
 */
export function unitsOrderedTo(ticket: TicketRecord, unitOf: UnitById): string[] {
  if (ticket.closedAt !== null) return [];
  const called = ticket.parties.filter(({ state }) => state !== 'released').map(({ unit }) => unit);
  const units = [ticket.holder, ...called, ...teamAtTheScene(ticket, unitOf)].flatMap((id) => {
    const unit = unitOf(id);
    return unit === undefined ? [] : [unit, ...above(unitOf, unit)];
  });
  const below = units.filter(({ level }) => level !== 'county');
  return [...new Set(below.map(({ id }) => id))].sort();
}

/** Its work is being judged: it may have to go back, and still has something to tell. */
const pastTheScene: readonly TicketStage[] = ['feedback', 'review', 'supervision'];

function teamAtTheScene({ moves }: TicketRecord, unitOf: UnitById): string[] {
  const last = moves.findLast(({ stage }) => !pastTheScene.includes(stage));
  return last !== undefined && unitOf(last.holder)?.level === 'team' ? [last.holder] : [];
}

/** True when somebody of a unit acts for another: it is their own, or stands below it. */
export function leads(unit: string | null | undefined, other: string, unitOf: UnitById): boolean {
  if (unit === other) return true;
  const below = unitOf(other);
  return below !== undefined && above(unitOf, below).some(({ id }) => id === unit);
}

/** A reach as statements take it, beside the county: see `store/sql/in-reach.ts`. */
export interface ReachValues {
  areaPattern: string;
  unit: string | null;
}

export function reachValues(reach: Reach): ReachValues {
  return { areaPattern: areaPattern(reach), unit: reach.unit };
}

/** Names a reach, for what those of the same one share. */
export function reachKey(reach: Reach): string {
  return `${scopeKey(reach)} ${reach.unit ?? ''}`;
}
