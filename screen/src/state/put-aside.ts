import type { AlarmRecord, HoldRecord } from '@fenghuo/contracts/records.ts';
import type { World } from './world.ts';

/** Shelved, suppressed or out of service: it rings nowhere. */
export function isAside({ shelved, suppressed, outOfService }: AlarmRecord): boolean {
  return shelved || suppressed || outOfService;
}

/** An alarm that is put aside, by what, and when that ends; null: what holds it lies outside of the viewer's area. */
export interface PutAside {
  alarm: AlarmRecord;
  until: number | null;
  by: string | null;
  reason: string | null;
}

/** Every alarm that is put aside, that which shows again first at the head. */
export function putAside(world: World): PutAside[] {
  return [...world.alarms.values()]
    .filter(isAside)
    .map((alarm) => asideOf(world, alarm))
    .sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity) || (a.alarm.id < b.alarm.id ? -1 : 1));
}

/** Open holds, those that end first at the head. */
export function openHolds(world: Pick<World, 'holds'>): HoldRecord[] {
  return [...world.holds.values()].sort((a, b) => a.until - b.until || (a.id < b.id ? -1 : 1));
}

/** The strongest of what puts it aside, as its state names it; of two holds the longer. */
export function asideOf(world: Pick<World, 'holds'>, alarm: AlarmRecord): PutAside {
  if (alarm.state === 'shelved')
    return {
      alarm,
      until: alarm.shelf?.until ?? null,
      by: alarm.shelf?.by ?? null,
      reason: alarm.shelf?.reason ?? null,
    };
  const kind = alarm.state === 'out-of-service' ? 'out-of-service' : 'building-test';
  const hold = openHolds(world).findLast((one) => one.kind === kind && holds(one, alarm));
  return {
    alarm,
    until: hold?.until ?? null,
    by: hold?.startedBy ?? null,
    reason: hold?.reason ?? null,
  };
}

function holds(hold: HoldRecord, alarm: AlarmRecord): boolean {
  return hold.device === null ? hold.building === alarm.building : hold.device === alarm.device;
}
