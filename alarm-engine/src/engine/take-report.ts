import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { ReportedThing, TakeReport } from '@fenghuo/contracts/intake.ts';
import type { EventKind, Words } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { standpointOf } from '../intake/witness.ts';
import { done, mayReach, onRecord, outOfArea, refuse } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { alarmsOf } from './keep-alarm.ts';
import { viewOf } from './surroundings.ts';
import { weigh } from './take-event.ts';
import type { Turn } from './turn.ts';

/**
 * Makes an event of what a person reports and lets the rules judge it. Each report is a device of its own: two callers
 * bear each other out and neither hides the other, and one alarm a device and rule stays true. The event has the number
 * of its command, by which a replay tells it from those that came by themselves.
 */
export function takeReport(turn: Turn, actor: Actor, body: TakeReport): CommandAnswer {
  const standpoint = standpointOf(turn.registry, body.place);
  if (standpoint === null) return refuse(body, 'unknown-subject', noSuchPlace);
  if (!mayReach(turn, actor, standpoint.area)) return refuse(body, 'not-authorised', outOfArea);
  if (body.run !== null && turn.state.drills.get(body.run) === undefined)
    return refuse(body, 'not-allowed-now', noDrill);
  const known = turn.registry.numberOf(body.subject);
  const no = known >= 0 ? known : turn.nextDevice++;
  const device = { ...standpoint, no, id: body.subject };
  turn.witnesses.set(device.id, device);
  turn.joins = chosenWithin(turn, actor, body.joins);
  const event = eventOf(turn, body);
  weigh(turn, viewOf(turn, event, device), false);
  const { channel, what, run, seat } = body;
  const alarm = alarmsOf(turn, run, device.id)[0] ?? null;
  turn.effects.reports.push({
    ...{ event, deviceNo: no, engineNo: turn.no, device, channel, what, seat },
    ...{ takenBy: actor.account, alarm: alarm?.id ?? null },
  });
  onRecord(
    turn,
    actor,
    body,
    { area: device.area, run },
    { channel, what, joins: body.joins, alarm: alarm?.id ?? null },
  );
  return done(turn, body, 1);
}

/** What lies out of reach is no choice: the rules group the report then, so that nothing is told of it. */
function chosenWithin(turn: Turn, actor: Actor, joins: string | null): string | null {
  const incident = joins === null ? undefined : turn.state.incidents.get(joins);
  return incident !== undefined && mayReach(turn, actor, incident.area) ? incident.id : null;
}

function eventOf({ now }: Turn, { subject, run, what, channel }: TakeReport): DeviceEvent {
  return {
    ...{ deviceId: subject, run, at: now, receivedAt: now, hasDeviceTime: false, ident: 0n },
    ...{ kind: kindOf(what), state: 'alarm', value: null, unit: null, attrs: { what, channel } },
    ...{ late: false, skewed: false, delayed: false, retained: false, source: 'intake' },
  };
}

/** Only what is of fire bears out a detector of it. */
function kindOf(what: ReportedThing): EventKind {
  switch (what) {
    case 'fire':
    case 'smoke':
    case 'gas':
    case 'trapped':
      return 'report';
    case 'flood':
    case 'security':
    case 'other':
      return 'report.other';
  }
}

const noSuchPlace: Words = { zh: '没有这个地点', en: 'There is no such place' };
const noDrill: Words = { zh: '这场演练没有在进行', en: 'No such drill is running' };
