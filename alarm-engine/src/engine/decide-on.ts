import type { Registry } from '../registry/registry.ts';
import type { NumberedEvent } from '../store/event-rows.ts';
import { countyDay } from './county-day.ts';
import { Effects } from './effects.ts';
import type { EngineState } from './engine-state.ts';
import { inhibitOthers } from './inhibit.ts';
import type { NumberedCommand } from './inputs.ts';
import { orderTeams } from './order-teams.ts';
import { takeCommand } from './take-command.ts';
import { takeDue } from './take-due.ts';
import { takeEvent } from './take-event.ts';
import { beginTurn, type Turn } from './turn.ts';

/** What inputs are decided on: the world that they find, and when. */
export interface World {
  state: EngineState;
  registry: Registry;
  /** Engine time, milliseconds since 1970. */
  now: number;
  /** Time zone of the county, for the day in case codes. */
  timeZone: string;
}

/** The inputs of a batch, in order. */
export interface InputsToDecide {
  commands: readonly NumberedCommand[];
  /** New ones only. */
  events: readonly NumberedEvent[];
  /** Ids of due items; one that does not stand any more does nothing and has its number all the same. */
  due: readonly string[];
  firstDueNo: number;
  /** Number of the first device that neither the registry nor an event of the batch has; absent: the registry's next. */
  firstNewDevice?: number;
}

/**
 * Commands first, then the new events, then what is due; each sees what those before it did. Writes into the state's
 * overlay, does no I/O and reads no clock: live, replay and backtest are this one function (promise 8).
 */
export function decideOn(
  world: World,
  { commands, events, due, firstDueNo, firstNewDevice = world.registry.deviceCount }: InputsToDecide,
): Effects {
  const { state, registry, now, timeZone } = world;
  const effects = new Effects();
  const day = countyDay(now, timeZone);
  const { rulebook, workflow } = state;
  const turn: Turn = {
    ...{ state, registry, rulebook, workflow, effects, no: 0, event: null, made: '', stirred: [] },
    ...{ inMotion: [], now, day, timeZone },
    ...{ witnesses: new Map(), nextDevice: firstNewDevice, joins: null },
  };
  for (const command of commands) {
    beginTurn(turn, command.engineNo, null);
    takeCommand(turn, command);
    inhibitOthers(turn);
    orderTeams(turn);
  }
  for (const { event, deviceNo, engineNo } of events) {
    beginTurn(turn, engineNo, event);
    takeEvent(turn, event, deviceNo);
    inhibitOthers(turn);
    orderTeams(turn);
  }
  for (const [i, id] of due.entries()) {
    beginTurn(turn, firstDueNo + i, null);
    takeDue(turn, id);
    inhibitOthers(turn);
    orderTeams(turn);
  }
  return effects;
}
