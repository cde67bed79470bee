import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { UpkeepRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { liesIn } from '../registry/lies-in.ts';
import {
  checkVersion,
  done,
  lacksReason,
  mayReach,
  onRecord,
  refuse,
  sayWhy,
  unknown,
} from './command-answer.ts';
import { returnableMs, upkeepKey } from './engine-state.ts';
import type { Actor } from './inputs.ts';
import { recordAct, saveUpkeep, type Turn } from './turn.ts';

type Assign = Extract<Command, { act: 'assign-upkeep' }>;
type Resolve = Extract<Command, { act: 'resolve-upkeep' }>;
type Return = Extract<Command, { act: 'return-upkeep' }>;

/** Upkeep that may wait for longer is no order. */
const longestMs = 366 * 24 * 3_600_000;

/**
 * Gives work orders to a unit, to be done by a time: all of them, or none when one has changed since the author saw it.
 * Each is on the record by itself. What was given to another before is the new one's from now on.
 */
export function assignUpkeep(turn: Turn, actor: Actor, body: Assign): CommandAnswer {
  const unit = turn.registry.units.get(body.subject);
  if (unit === undefined) return refuse(body, 'unknown-subject', noUnit);
  if (!mayReach(turn, actor, unit.area) && !liesIn(actor.area, unit.area))
    return refuse(body, 'not-authorised', notYours);
  if (body.dueAt <= turn.now) return refuse(body, 'not-allowed-now', past);
  if (body.dueAt - turn.now > longestMs) return refuse(body, 'not-allowed-now', tooFar);
  const orders = new Map<string, UpkeepRecord>();
  for (const { id, version } of body.orders) {
    const order = openOrder(turn, id);
    if (order === undefined) return refuse(body, 'unknown-subject', closedSince(id));
    const refused = checkVersion(turn, body, actor, order, { version, lastBy: lastActorOf(order) });
    if (refused !== null) return refused;
    orders.set(id, order);
  }
  for (const order of orders.values()) {
    const { person, dueAt } = body;
    const assigned = {
      ...{ unit: unit.id, name: unit.name, person, dueAt },
      ...{ at: turn.now, by: actor.account },
    };
    saveUpkeep(turn, { ...order, assigned, version: order.version + 1 });
    recordAct(turn, {
      ...{ act: body.act, subject: order.id, area: order.area, run: order.run, reason: body.reason },
      detail: { before: order.assigned?.unit ?? null, after: unit.id, dueAt },
      personal: person === '' ? null : { person },
      ...{ actor, seat: body.seat },
    });
  }
  return done(turn, body, Math.max(...[...orders.values()].map(({ version }) => version + 1)));
}

/** Closes an order with what was done. The next fault of the device opens a new one. */
export function resolveUpkeep(turn: Turn, actor: Actor, body: Resolve): CommandAnswer {
  const order = openOrder(turn, body.subject);
  if (order === undefined) return refuse(body, 'unknown-subject', unknown);
  const refused = checkOrder(turn, actor, body, order);
  if (refused !== null) return refused;
  forgetAccepted(turn);
  const resolved = { at: turn.now, by: actor.account, note: body.reason };
  const closed = { ...order, resolved, closedAt: turn.now, version: order.version + 1 };
  saveUpkeep(turn, closed);
  onRecord(turn, actor, body, order, {
    before: 'open',
    after: 'resolved',
    unit: order.assigned?.unit ?? null,
  });
  return done(turn, body, closed.version);
}

/** Sends an order back: an open one from the unit that has it, a resolved one to it. */
export function returnUpkeep(turn: Turn, actor: Actor, body: Return): CommandAnswer {
  const order = openOrder(turn, body.subject) ?? resolvedOrder(turn, body.subject);
  if (order === undefined) return refuse(body, 'unknown-subject', unknown);
  const refused = checkOrder(turn, actor, body, order);
  if (refused !== null) return refused;
  if (order.closedAt === null && order.assigned === null) return refuse(body, 'not-allowed-now', nobodys);
  if (order.closedAt !== null && isOpenAgain(turn, order)) return refuse(body, 'not-allowed-now', openAgain);
  const what = order.closedAt === null ? 'order' : 'work';
  const unit = order.assigned?.unit ?? '';
  const returned: UpkeepRecord = {
    ...order,
    assigned: what === 'order' ? null : order.assigned,
    resolved: null,
    returns: [...order.returns, { what, at: turn.now, by: actor.account, unit, reason: body.reason }],
    closedAt: null,
    version: order.version + 1,
  };
  saveUpkeep(turn, returned);
  onRecord(turn, actor, body, order, {
    before: what === 'order' ? 'assigned' : 'resolved',
    after: 'open',
    unit: unit || null,
  });
  return done(turn, body, returned.version);
}

function checkOrder(turn: Turn, actor: Actor, body: Resolve | Return, order: UpkeepRecord) {
  const seen = { version: body.expectedVersion, lastBy: lastActorOf(order) };
  const refused = checkVersion(turn, body, actor, order, seen);
  if (refused !== null) return refused;
  return lacksReason(body) ? refuse(body, 'reason-required', sayWhy) : null;
}

function openOrder({ state }: Turn, id: string): UpkeepRecord | undefined {
  const key = state.upkeepKeys.get(id);
  return key === undefined ? undefined : state.upkeep.get(key);
}

/** An order that may be opened again: of the live world, or of a drill that still runs. */
function resolvedOrder({ state, now }: Turn, id: string): UpkeepRecord | undefined {
  const order = state.resolvedUpkeep.get(id);
  if (order?.closedAt == null || now - order.closedAt > returnableMs) return undefined;
  return order.run === null || state.drills.get(order.run) !== undefined ? order : undefined;
}

const isOpenAgain = ({ state }: Turn, { run, device, kind }: UpkeepRecord) =>
  state.upkeep.get(upkeepKey(run, device, kind)) !== undefined;

/** Work that can no longer be refused leaves memory: the oldest lie first. */
function forgetAccepted({ state, now }: Turn): void {
  for (const { id, closedAt } of state.resolvedUpkeep.values()) {
    if (closedAt !== null && now - closedAt <= returnableMs) return;
    state.resolvedUpkeep.delete(id);
  }
}

/** Whoever changed an order last; null: nobody but the engine. */
function lastActorOf({ assigned, resolved, returns }: UpkeepRecord): string | null {
  const acts = [assigned, resolved, returns.at(-1) ?? null].filter((act) => act !== null);
  return acts.sort((a, b) => b.at - a.at)[0]?.by ?? null;
}

const noUnit: Words = { zh: '没有这个单位', en: 'There is no such unit' };
const notYours: Words = {
  zh: '这个单位不管您的辖区',
  en: 'The unit neither lies in your area nor covers it',
};
const past: Words = { zh: '完成期限已经过去', en: 'The time to be done by lies in the past' };
const tooFar: Words = { zh: '完成期限最长 366 天', en: 'An order is due within 366 days' };
const closedSince = (id: string): Words => ({
  zh: `维保单 ${id} 已经关闭，请刷新后再派`,
  en: `Order ${id} is closed by now: look again, then assign`,
});
const nobodys: Words = { zh: '这张维保单还没有派出', en: 'The order was given to nobody yet' };
const openAgain: Words = {
  zh: '这台设备已有新的同类维保单',
  en: 'The device has a new order of this kind already',
};
