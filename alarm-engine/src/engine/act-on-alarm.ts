import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { type AlarmInput, type LifecycleRefusal, transition } from '../alarms/lifecycle.ts';
import { longestShelf } from '../alarms/shelving.ts';
import { bringBack } from './bring-back.ts';
import {
  checkVersion,
  done,
  lacksReason,
  onRecord,
  refuse,
  sayWhy,
  unknown,
  type Versioned,
} from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { changeFacts } from './keep-alarm.ts';
import type { Turn } from './turn.ts';

type AlarmCommand = Extract<
  Command,
  { act: 'acknowledge-alarm' | 'reset-alarm' | 'shelve-alarm' | 'unshelve-alarm' }
>;

/** Does what a person wants of an alarm, if its state, its rule and its version allow it. */
export function actOnAlarm(turn: Turn, actor: Actor, body: AlarmCommand): CommandAnswer {
  const alarm = turn.state.alarms.get(body.subject);
  if (alarm === undefined) return refuse(body, 'unknown-subject', unknown);
  const { incidents, tickets } = turn.state;
  const ticket = tickets.get(incidents.get(alarm.incident ?? '')?.ticket ?? '');
  const seen = { version: body.expectedVersion, lastBy: alarm.acknowledgedBy, ticket };
  const refused = checkVersion(turn, body, actor, alarm, seen);
  if (refused !== null) return refused;
  switch (body.act) {
    case 'acknowledge-alarm':
      return change(turn, actor, body, acknowledgedBy(turn, alarm, actor, body), { type: 'acknowledge' });
    case 'reset-alarm':
      return change(turn, actor, body, alarm, { type: 'reset' });
    case 'shelve-alarm':
      return shelve(turn, actor, body, alarm);
    case 'unshelve-alarm':
      return unshelve(turn, actor, body, alarm);
  }
}

/** The alarm with who acknowledged it, when, and what they had to say. */
export function acknowledgedBy(
  turn: Turn,
  alarm: AlarmRecord,
  actor: Actor,
  { reason }: Versioned,
): AlarmRecord {
  return {
    ...alarm,
    acknowledgedAt: turn.now,
    acknowledgedBy: actor.account,
    acknowledgedComment: reason.trim() === '' ? null : reason,
  };
}

function change(
  turn: Turn,
  actor: Actor,
  body: AlarmCommand,
  alarm: AlarmRecord,
  input: AlarmInput,
): CommandAnswer {
  const result = transition(alarm, input);
  if (!result.ok) return refuse(body, 'not-allowed-now', lifecycleWords[result.reason]);
  const changed = changeFacts(turn, alarm, result.facts, { why: input.type, actor, reason: body.reason });
  return acted(turn, actor, body, alarm, changed);
}

function shelve(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'shelve-alarm' }>,
  alarm: AlarmRecord,
): CommandAnswer {
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const { reason } = body;
  const forMs = body.minutes * 60_000;
  const longest = longestShelf(turn.rulebook.ruleOf(alarm.rule), alarm.severity);
  if (longest === null) return refuse(body, 'not-allowed-now', notShelvable);
  if (forMs > longest) return refuse(body, 'not-allowed-now', tooLong(longest));
  const shelf = { since: turn.now, until: turn.now + forMs, by: actor.account, reason };
  return change(turn, actor, body, { ...alarm, shelf: alarm.shelf ?? shelf }, { type: 'shelve' });
}

function unshelve(turn: Turn, actor: Actor, body: AlarmCommand, alarm: AlarmRecord): CommandAnswer {
  if (!alarm.shelved) return refuse(body, 'not-allowed-now', lifecycleWords['no-change']);
  const cause = { why: 'unshelve', actor, reason: body.reason };
  return acted(turn, actor, body, alarm, bringBack(turn, alarm, 'unshelve', cause));
}

function acted(
  turn: Turn,
  actor: Actor,
  body: AlarmCommand,
  before: AlarmRecord,
  after: AlarmRecord,
): CommandAnswer {
  const shelf = after.shelf === null ? {} : { until: after.shelf.until };
  onRecord(turn, actor, body, before, { before: before.state, after: after.state, ...shelf });
  return done(turn, body, after.version);
}

const notShelvable: Words = {
  zh: '这条告警按规则不可搁置；高风险告警一律不搁置',
  en: 'The rule does not allow this alarm to be shelved; one that became high never may be',
};
const tooLong = (longestMs: number): Words => ({
  zh: `按规则最长可搁置 ${longestMs / 60_000} 分钟`,
  en: `The rule allows ${longestMs / 60_000} minutes on the shelf at most`,
});
const lifecycleWords: Record<LifecycleRefusal, Words> = {
  'no-change': { zh: '已经是这个状态', en: 'It is so already' },
  'condition-still-active': {
    zh: '现场条件仍未解除，不能复位',
    en: 'The condition still holds; it cannot be reset',
  },
  'nothing-to-acknowledge': { zh: '已经确认过', en: 'It is acknowledged already' },
};
