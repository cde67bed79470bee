import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { Duty } from '../chain/roster.ts';
import type { RegisteredPerson } from '../registry/registry.ts';
import { done, mayReach, outOfArea, refuse } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { cancelDue, recordAct, saveDue, type Turn } from './turn.ts';

type SetDuty = Extract<Command, { act: 'set-duty' }>;

const dutyEndOf = (person: string) => `duty-ends:${person}`;
/** Nobody is on duty for longer at a stretch: a slip of the hand in a date. Milliseconds. */
const longestMs = 31 * 24 * 60 * 60_000;

/** Puts somebody on duty in a post, or takes them off. Whom messages go to is asked of this at their turn. */
export function setDuty(turn: Turn, actor: Actor, body: SetDuty): CommandAnswer {
  const person = turn.registry.people.get(body.subject);
  if (person === undefined) return refuse(body, 'unknown-subject', noSuch);
  const area = turn.registry.units.get(person.unit)?.area ?? turn.registry.county.code;
  if (!mayReach(turn, actor, area)) return refuse(body, 'not-authorised', outOfArea);
  const { post, until } = body;
  if (until !== null && (post === null || until <= turn.now || until - turn.now > longestMs))
    return refuse(body, 'not-allowed-now', noEnd);
  const before = asItIs(turn, person);
  const after = { onDuty: post !== null, post: post ?? before.post, until };
  change(turn, { ...before, ...after, by: actor.account, at: turn.now });
  const { seat, reason } = body;
  record(turn, { person, area, before, after }, { actor, seat, reason });
  return done(turn, body, 1);
}

/** Their time is up. */
export function endDuty(turn: Turn, id: string): void {
  const person = turn.registry.people.get(id);
  const before = person && asItIs(turn, person);
  if (person === undefined || !before?.onDuty) return;
  const after = { onDuty: false, post: before.post, until: null };
  change(turn, { ...before, ...after, by: 'engine', at: turn.now });
  const area = turn.registry.units.get(person.unit)?.area ?? turn.registry.county.code;
  record(turn, { person, area, before, after }, { reason: '到时 / its time is up' });
}

function asItIs({ state }: Turn, { id, onDuty, post }: RegisteredPerson): Duty {
  return state.duty.get(id) ?? { person: id, onDuty, post, until: null, by: '', at: 0 };
}

function change(turn: Turn, duty: Duty): void {
  turn.state.duty.set(duty.person, duty);
  turn.effects.duty.set(duty.person, duty);
  const id = dutyEndOf(duty.person);
  if (duty.until === null) cancelDue(turn, id);
  else saveDue(turn, id, { id, at: duty.until, kind: 'duty-ends', subject: duty.person, detail: null });
}

interface Changed {
  person: RegisteredPerson;
  area: string;
  before: Pick<Duty, 'onDuty' | 'post' | 'until'>;
  after: Pick<Duty, 'onDuty' | 'post' | 'until'>;
}

function record(
  turn: Turn,
  { person, area, before, after }: Changed,
  by: { actor?: Actor; seat?: string; reason: string },
): void {
  const shown = ({ onDuty, post, until }: Changed['before']) => ({ post: onDuty ? post : null, until });
  const detail = { unit: person.unit, before: shown(before), after: shown(after) };
  recordAct(turn, { act: 'set-duty', subject: person.id, area, run: null, detail, ...by });
}

const noSuch: Words = { zh: '名册中没有这个人', en: 'Nobody of this id is on the roster' };
const noEnd: Words = {
  zh: '结束时间须在 31 天之内，且只用于在岗',
  en: 'An end lies within 31 days, and is of being on duty only',
};
