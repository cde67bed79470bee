import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { HoldKind } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { hear } from '../alarms/flood-control.ts';
import { type HoldSubject, isHeldBack } from '../alarms/holds.ts';
import { seatsHearing } from '../chain/alarm-seats.ts';
import type { Duty } from '../chain/roster.ts';
import type { Registry } from '../registry/registry.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import type { StoredSignal } from '../store/sql/list-recent-signals.ts';
import type { HeardRow } from '../store/sql/load-hearings.ts';
import { unreadKey } from './broadcast.ts';
import type { DueItem } from './due-heap.ts';
import { Effects } from './effects.ts';
import { EngineState, hearingKey, type LogPositions } from './engine-state.ts';

/** Everything open that a county's tables hold, each list in the order of its ids. */
export interface OpenWorld {
  drills: readonly DrillRecord[];
  holds: readonly HoldRecord[];
  alarms: readonly AlarmRecord[];
  incidents: readonly IncidentRecord[];
  tickets: readonly TicketRecord[];
  upkeep: readonly UpkeepRecord[];
  /** Orders of upkeep that somebody resolved within {@link returnableMs}, in the order in which they did. */
  resolvedUpkeep: readonly UpkeepRecord[];
  duty: readonly Duty[];
  due: readonly DueItem[];
  /** Case serials used, by drill mark and day. */
  serials: readonly [string, number][];
  floods: readonly FloodRecord[];
  broadcasts: readonly BroadcastRecord[];
  /** Units that have not read one of them. */
  unread: readonly { broadcast: string; unit: string }[];
  /** What rooms heard within the window of a flood. */
  heard: readonly HeardRow[];
  /** Holds that ended within the hour. */
  pastHolds: readonly HoldRecord[];
  /** What was not normal within the hour. */
  signals: readonly StoredSignal[];
  positions: LogPositions;
}

/** What the open world is of. */
export interface Surrounding {
  registry: Registry;
  rulebook: Rulebook;
  /** All that there were, the one in force last. */
  workflows: readonly Workflow[];
}

/** The state that a writer goes on with after a restart. */
export function rebuildState(world: OpenWorld, surrounding: Surrounding): EngineState {
  const { registry } = surrounding;
  const numberOf = (deviceId: string) => registry.numberOf(deviceId);
  const state = new EngineState(surrounding);
  for (const drill of world.drills) state.drills.set(drill.id, drill);
  for (const hold of world.holds) state.putHold(hold);
  for (const alarm of world.alarms) {
    state.putAlarm(alarm);
    state.troubled.add(numberOf(alarm.device));
  }
  for (const incident of world.incidents) state.putIncident(incident);
  for (const ticket of world.tickets) state.putTicket(ticket);
  for (const order of world.resolvedUpkeep) state.putUpkeep(order);
  for (const order of world.upkeep) {
    state.putUpkeep(order);
    state.troubled.add(numberOf(order.device));
  }
  for (const duty of world.duty) state.duty.set(duty.person, duty);
  const effects = new Effects();
  for (const item of world.due) {
    state.due.set(item.id, item);
    effects.due.set(item.id, item);
    if (item.kind === 'on-delay') state.troubled.add(numberOf(item.subject));
  }
  for (const [key, serial] of world.serials) state.serials.set(key, serial);
  for (const flood of world.floods) state.floods.set(hearingKey(flood.run, flood.seat), flood);
  for (const broadcast of world.broadcasts) state.putBroadcast(broadcast);
  for (const { broadcast, unit } of world.unread)
    state.unreadBroadcasts.set(unreadKey(broadcast, unit), true);
  for (const heard of world.heard) enterHearing(state, registry, heard);
  for (const signal of world.signals)
    enterSignal(state, { registry, holds: [...world.holds, ...world.pastHolds] }, signal);
  state.seal(effects, world.positions);
  state.settle();
  return state;
}

function enterHearing(
  state: EngineState,
  { unitsOf }: Registry,
  { at, count, run, ...heard }: HeardRow,
): void {
  const { withinMs } = state.rulebook.flood;
  for (const seat of seatsHearing(unitsOf, heard)) {
    const key = hearingKey(run, seat.id);
    state.hearings.set(key, hear(state.hearings.get(key), heard, { at, withinMs, count }));
  }
}

/** As it was entered when its event came; of a drill only while it ran, and not while a hold kept it back. */
function enterSignal(
  state: EngineState,
  { registry, holds }: { registry: Registry; holds: readonly HoldRecord[] },
  stored: StoredSignal,
): void {
  const { run, kind, state: reported, late, at, receivedAt } = stored;
  const drill = run === null ? null : state.drills.get(run);
  if (drill === undefined || (drill !== null && receivedAt < drill.startedAt)) return;
  const device = registry.device(stored.device);
  const wasHeld = (of: HoldKind, { device: id, building }: HoldSubject) =>
    holds.some(
      (hold) =>
        hold.kind === of && hold.device === id && hold.building === building && covers(hold, receivedAt),
    );
  if (isHeldBack(wasHeld, stored, device)) return;
  const { no, id, type, floor, lon, lat, building, area } = device;
  state.signals.enter(run, {
    ...{ deviceNo: no, device: id, deviceType: type, kind, state: reported, floor, lon, lat, building, area },
    at: late ? Math.min(at, receivedAt) : receivedAt,
    label: registry.cameraCodes.get(id) ?? id,
  });
}

const covers = ({ startedAt, endedAt }: HoldRecord, at: number) =>
  at >= startedAt && (endedAt === null || at < endedAt);
