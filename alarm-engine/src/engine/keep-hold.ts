import type { AlarmRecord, HoldRecord } from '@fenghuo/contracts/records.ts';
import type { HoldKind } from '@fenghuo/contracts/words.ts';
import { type HoldSubject, heldFacts } from '../alarms/holds.ts';
import { transition } from '../alarms/lifecycle.ts';
import type { EndOfHold } from './due-heap.ts';
import type { Actor } from './inputs.ts';
import { alarmsOf, alarmsOfBuilding, changeFacts } from './keep-alarm.ts';
import { letGo } from './let-go.ts';
import { newId, recordAct, saveDue, saveHold, type Turn } from './turn.ts';

/** Who began or ended a hold, and why. Absent actor: its time was up. */
export interface HoldCause {
  actor?: Actor;
  seat?: string;
  reason: string;
}

type NewHold = Pick<HoldRecord, 'kind' | 'device' | 'building' | 'area' | 'place' | 'until'>;

/** How a hold of each kind begins and ends: the acts, and the due item. */
const words: Record<HoldKind, { begin: string; end: EndOfHold }> = {
  'out-of-service': { begin: 'remove-from-service', end: 'return-to-service' },
  'building-test': { begin: 'start-building-test', end: 'end-building-test' },
};

/**
 * Begins a hold, which ends by itself. Out of service goes what is open, too; a test holds back only what goes off in
 * it: what stood before is no test.
 */
export function beginHold(turn: Turn, given: NewHold, { actor, seat, reason }: HoldCause): HoldRecord {
  const hold: HoldRecord = {
    ...given,
    id: newId(turn, 'H'),
    reason,
    startedAt: turn.now,
    startedBy: actor?.account ?? 'engine',
    endedAt: null,
    endedBy: null,
    version: 1,
  };
  saveHold(turn, hold);
  const id = dueIdOf(hold);
  saveDue(turn, id, { id, at: hold.until, kind: words[hold.kind].end, subject: hold.id, detail: null });
  onRecord(turn, hold, words[hold.kind].begin, { reason, ...who(actor, seat) });
  if (hold.kind === 'out-of-service')
    for (const alarm of alarmsUnder(turn, hold)) removeFromService(turn, alarm, { reason, ...who(actor) });
  return hold;
}

/** Ends a hold: what it alone kept back shows again, or is over. */
export function endHold(turn: Turn, hold: HoldRecord, cause: HoldCause): HoldRecord {
  const { end } = words[hold.kind];
  const ended: HoldRecord = {
    ...hold,
    endedAt: turn.now,
    endedBy: cause.actor?.account ?? 'engine',
    version: hold.version + 1,
  };
  saveHold(turn, ended);
  saveDue(turn, dueIdOf(hold), null);
  onRecord(turn, ended, end, cause);
  for (const alarm of alarmsUnder(turn, hold))
    letGo(turn, alarm.id, { reason: cause.reason, ...who(cause.actor) });
  return ended;
}

function removeFromService(turn: Turn, alarm: AlarmRecord, cause: HoldCause): void {
  if (!heldFacts(alarm, turn.state.isHeld).outOfService) return;
  const result = transition(alarm, { type: 'remove-from-service' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'remove-from-service', ...cause });
}

/** Open live alarms of the device or building. */
function alarmsUnder(turn: Turn, { device, building }: HoldSubject): readonly AlarmRecord[] {
  if (device !== null) return alarmsOf(turn, null, device);
  return alarmsOfBuilding(turn, null, building);
}

const dueIdOf = ({ kind, id }: HoldRecord) => `${words[kind].end}:${id}`;
const who = (actor?: Actor, seat?: string) => ({
  ...(actor === undefined ? {} : { actor }),
  ...(seat === undefined ? {} : { seat }),
});

function onRecord(turn: Turn, hold: HoldRecord, act: string, cause: HoldCause): void {
  const { kind, device, building, until, endedAt } = hold;
  const { area, id } = hold;
  const detail = {
    ...{ before: endedAt === null ? null : kind, after: endedAt === null ? kind : null },
    ...{ device, building, until },
  };
  recordAct(turn, { act, subject: id, area, run: null, detail, ...cause });
}
