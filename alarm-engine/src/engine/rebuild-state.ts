import type {
  AlarmRecord,
  DrillRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { DueItem } from './due-heap.ts';
import { Effects } from './effects.ts';
import { deviceKey, EngineState, type LogPositions } from './engine-state.ts';
import { upkeepKey } from './keep-up.ts';

/** Everything open that a county's tables hold, each list in the order of its ids. */
export interface OpenWorld {
  drills: readonly DrillRecord[];
  holds: readonly HoldRecord[];
  alarms: readonly AlarmRecord[];
  incidents: readonly IncidentRecord[];
  tickets: readonly TicketRecord[];
  upkeep: readonly UpkeepRecord[];
  due: readonly DueItem[];
  /** Case serials used, by drill mark and day. */
  serials: readonly [string, number][];
  positions: LogPositions;
}

/** The state that a writer goes on with after a restart. `numberOf`: of the registry. */
export function rebuildState(world: OpenWorld, numberOf: (deviceId: string) => number): EngineState {
  const state = new EngineState();
  for (const drill of world.drills) state.drills.set(drill.id, drill);
  for (const hold of world.holds) state.putHold(hold);
  for (const alarm of world.alarms) {
    state.putAlarm(alarm);
    state.troubled.add(numberOf(alarm.device));
  }
  for (const incident of world.incidents) state.putIncident(incident);
  for (const ticket of world.tickets) state.putTicket(ticket);
  for (const item of world.upkeep) putUpkeep(state, item, numberOf(item.device));
  const effects = new Effects();
  for (const item of world.due) {
    state.due.set(item.id, item);
    effects.due.set(item.id, item);
  }
  for (const [key, serial] of world.serials) state.serials.set(key, serial);
  state.seal(effects, world.positions);
  state.settle();
  return state;
}

function putUpkeep(state: EngineState, item: UpkeepRecord, deviceNo: number): void {
  state.troubled.add(deviceNo);
  state.upkeep.set(upkeepKey(item.run, item.device, item.kind), item);
  if (item.kind === 'stuck') state.stuck.set(deviceKey(item.run, item.device), true);
}
