import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import type { HoldKind, Words } from '@fenghuo/contracts/words.ts';
import { areaWords } from '../registry/registry.ts';
import {
  checkVersion,
  done,
  lacksReason,
  mayReach,
  outOfArea,
  refuse,
  sayWhy,
  unknown,
} from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { beginHold, endHold } from './keep-hold.ts';
import type { Turn } from './turn.ts';

type BeginHold = Extract<Command, { act: 'remove-from-service' | 'start-building-test' }>;
type EndHold = Extract<Command, { act: 'return-to-service' | 'end-building-test' }>;

const days = 24 * 60 * 60_000;
/** A test is a day's work at most; what is out of service for longer than a quarter belongs out of the registry. */
const longestMs: Record<HoldKind, number> = { 'building-test': days, 'out-of-service': 92 * days };

/** Takes a device or a building out of service, or begins a test of a building. */
export function beginHoldFor(turn: Turn, actor: Actor, body: BeginHold): CommandAnswer {
  const subject = subjectOf(turn, body);
  if (subject === null) return refuse(body, 'unknown-subject', noSuch);
  if (!mayReach(turn, actor, subject.area)) return refuse(body, 'not-authorised', outOfArea);
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const kind = body.act === 'remove-from-service' ? 'out-of-service' : 'building-test';
  const { until } = body;
  if (until <= turn.now) return refuse(body, 'not-allowed-now', past);
  if (until - turn.now > longestMs[kind]) return refuse(body, 'not-allowed-now', tooLong[kind]);
  if (turn.state.isHeld(kind, subject)) return refuse(body, 'not-allowed-now', already[kind]);
  const { reason, seat } = body;
  const hold = beginHold(turn, { ...subject, kind, until }, { actor, seat, reason });
  return done(turn, body, hold.version);
}

/** Ends a hold before its time. */
export function endHoldFor(turn: Turn, actor: Actor, body: EndHold): CommandAnswer {
  const hold = turn.state.holds.get(body.subject);
  if (hold === undefined || hold.kind !== kindEndedBy[body.act])
    return refuse(body, 'unknown-subject', unknown);
  const seen = { version: body.expectedVersion, lastBy: hold.startedBy };
  const refused = checkVersion(turn, body, actor, hold, seen);
  if (refused !== null) return refused;
  const { reason, seat } = body;
  return done(turn, body, endHold(turn, hold, { actor, seat, reason }).version);
}

const kindEndedBy: Record<EndHold['act'], HoldKind> = {
  'return-to-service': 'out-of-service',
  'end-building-test': 'building-test',
};

type Subject = Pick<HoldRecord, 'device' | 'building' | 'area' | 'place'>;

/** What is to be held, as the registry knows it; null when it does not. */
function subjectOf(turn: Turn, body: BeginHold): Subject | null {
  const { registry } = turn;
  const id = body.subject;
  if (body.act === 'remove-from-service' && body.of === 'device') {
    const no = registry.numberOf(id);
    if (no < 0) return null;
    const { area, building } = registry.device(no);
    return { device: id, building: null, area, place: placeOf(turn, area, building, id) };
  }
  const building = registry.buildings.get(id);
  if (building === undefined) return null;
  return { device: null, building: id, area: building.area, place: placeOf(turn, building.area, id, null) };
}

function placeOf(turn: Turn, area: string, building: string | null, device: string | null): Words {
  const { registry } = turn;
  const name = building === null ? undefined : registry.buildings.get(building)?.name;
  const where = areaWords(registry, name === undefined ? area : area.slice(0, 9));
  const label = device === null ? null : (registry.cameraCodes.get(device) ?? device);
  return {
    zh: [where.zh, name?.zh, label].filter(Boolean).join(' '),
    en: [label, name?.en, where.en].filter(Boolean).join(', '),
  };
}

const noSuch: Words = { zh: '登记中没有这台设备或这栋建筑', en: 'No such device or building is registered' };
const past: Words = { zh: '结束时间已经过去', en: 'The end lies in the past' };
const tooLong: Record<HoldKind, Words> = {
  'building-test': { zh: '测试最长 24 小时', en: 'A test lasts 24 hours at most' },
  'out-of-service': { zh: '停用最长 92 天', en: 'Out of service for 92 days at most' },
};
const already: Record<HoldKind, Words> = {
  'building-test': { zh: '这栋建筑已在测试中', en: 'This building is under test already' },
  'out-of-service': { zh: '已经停用', en: 'It is out of service already' },
};
