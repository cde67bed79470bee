import type { Command, CommandAnswer, RefusalReason } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { sees } from '../access/area-scope.ts';
import { leads, mayActOn, reachOf, unitsOrderedTo } from '../access/reach.ts';
import type { Actor } from './inputs.ts';
import { recordAct, type Turn } from './turn.ts';

export type Versioned = Extract<Command, { expectedVersion: number }>;

export function done(turn: Turn, body: Command, version: number): CommandAnswer {
  return { ok: true, id: body.id, engineNo: turn.no, version };
}

export function refuse(
  body: Command,
  reason: RefusalReason,
  message: Words,
  allowed: readonly string[] = [],
): CommandAnswer {
  return { ok: false, id: body.id, reason, message, allowed: [...allowed] };
}

/**
 * Why this person may not act on this version of a record; null: they may. `lastBy`: who changed it last, if told;
 * `ticket`: the open one of its case, which opens it to those who are ordered to it.
 */
export function checkVersion(
  turn: Turn,
  body: Command,
  actor: Actor,
  subject: { version: number; area: string },
  seen: { version: number; lastBy: string | null; ticket?: TicketRecord | undefined },
): CommandAnswer | null {
  const { area } = subject;
  if (!mayReachCase(turn, actor, body, { area, ticket: seen.ticket }))
    return refuse(body, 'not-authorised', outOfArea);
  if (subject.version === seen.version) return null;
  return refuse(body, 'version-conflict', {
    zh: `${seen.lastBy === null ? '记录' : seen.lastBy}已先行更改，现为第 ${subject.version} 版，请看过再操作`,
    en: `${seen.lastBy ?? 'The record'} changed it first; it is at version ${subject.version} now: look again, then act`,
  });
}

/** True when an area lies in the actor's. */
export function mayReach(turn: Turn, actor: Actor, area: string): boolean {
  return sees({ county: turn.registry.county.code, area: actor.area }, area);
}

/** The same of a record of a case; `ticket` is the open one of it, if there is one. */
export function mayReachCase(
  turn: Turn,
  actor: Actor,
  { act }: Command,
  { area, ticket }: { area: string; ticket: TicketRecord | undefined },
): boolean {
  const { county, units } = turn.registry;
  const ordered = ticket === undefined ? [] : unitsOrderedTo(ticket, (id) => units.get(id));
  return mayActOn(reachOf(county.code, actor), act, { area, units: ordered });
}

/** Who is at a case by order alone acts in it for their own unit and those under it; whose area it is, as the workflow says. */
export function mayActFor(turn: Turn, actor: Actor, { area }: TicketRecord, unit: string): boolean {
  return mayReach(turn, actor, area) || leads(actor.unit, unit, (id) => turn.registry.units.get(id));
}

/** Puts a person's act on the record. `detail`: what was before, and what is after. */
export function onRecord(
  turn: Turn,
  actor: Actor,
  body: Command,
  subject: { area: string; run: string | null },
  detail: Record<string, unknown>,
): void {
  const { act, reason, seat } = body;
  const { area, run } = subject;
  recordAct(turn, { act, subject: body.subject, area, run, reason, detail, actor, seat });
}

/** An act that says nothing without its why is refused without one. */
export function lacksReason(body: Command): boolean {
  return body.reason.trim() === '';
}

export const unknown: Words = {
  zh: '没有这条在办记录，可能已经关闭',
  en: 'No such open record; it may be closed already',
};
export const noSuchUnit: Words = { zh: '没有这个单位', en: 'There is no such unit' };
export const outOfArea: Words = { zh: '不在您的辖区内', en: 'It lies outside your area' };
export const sayWhy: Words = { zh: '请写明原因', en: 'Say why' };
