import type { PutRulebook, RefusalReason } from '@fenghuo/contracts/commands.ts';
import type { RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { readRulebook } from '../rules/read-rulebook.ts';
import { digestOfRulebook } from '../rules/rulebook-digest.ts';
import type { Actor } from './inputs.ts';
import { reviseDelays } from './keep-condition.ts';
import { letGo } from './let-go.ts';
import { recordAct, type Turn } from './turn.ts';

export type RulebookPut =
  | { ok: true; version: number }
  | { ok: false; reason: RefusalReason; message: Words };

/** Puts a rulebook in force from the next input on. A faulty one changes nothing. */
export function putRulebook(turn: Turn, actor: Actor, body: PutRulebook): RulebookPut {
  const { text, reason, seat, basedOn } = body;
  const before = turn.rulebook;
  if (text === before.text) return { ok: false, reason: 'not-allowed-now', message: inForceAlready };
  if (basedOn !== null && basedOn !== before.version)
    return { ok: false, reason: 'version-conflict', message: newerOne(before.version) };
  const version = Math.max(before.version, turn.state.unreadableBook) + 1;
  const read = readRulebook(text, version);
  if (!read.ok) return { ok: false, reason: 'faulty-rulebook', message: faultWords(read.errors) };
  turn.state.putRulebook(read.rulebook);
  turn.rulebook = read.rulebook;
  const digest = digestOfRulebook(text);
  const { now: at, no: engineNo } = turn;
  turn.effects.rulebooks.push({ version, text, digest, author: actor.account, reason, at, engineNo });
  recordAct(turn, {
    ...{ act: 'put-rulebook', subject: `rulebook ${version}`, area: turn.registry.county.code, run: null },
    ...{ reason, actor, seat },
    detail: {
      before: { version: before.version, digest: digestOfRulebook(before.text) },
      after: { version, digest },
    },
  });
  settle(turn);
  return { ok: true, version };
}

/** What waits or is kept back by the book before goes on by the one in force. */
function settle(turn: Turn): void {
  reviseDelays(turn);
  const aside = [...turn.state.alarms.values()].filter((alarm) => alarm.suppressed || alarm.outOfService);
  for (const { id } of aside.sort((a, b) => (a.id < b.id ? -1 : 1))) letGo(turn, id, { reason: wasRevised });
}

const wasRevised = '规则库已修订 / the rulebook was revised';

const inForceAlready: Words = { zh: '这份规则库已经生效', en: 'This rulebook is in force already' };

function newerOne(version: number): Words {
  return {
    zh: `规则库已先行更新，现为第 ${version} 版，请看过再提交`,
    en: `The rulebook was revised first; it is at version ${version} now: look again, then put yours`,
  };
}

/** So many faults are told one by one. */
const toldFaults = 20;

/** Every fault with its place, for people. */
function faultWords(faults: readonly RulebookFault[]): Words {
  const told = faults.slice(0, toldFaults);
  const rest = faults.length - told.length;
  const lines = (language: keyof Words, place: (fault: RulebookFault) => string, more: string) =>
    [...told.map((fault) => `${place(fault)} ${fault.message[language]}`), ...(rest > 0 ? [more] : [])].join(
      '\n',
    );
  return {
    zh: `规则库有误，未生效：\n${lines('zh', ({ line, column }) => `第 ${line} 行第 ${column} 列：`, `另有 ${rest} 处`)}`,
    en: `The rulebook is faulty and not in force:\n${lines('en', ({ line, column }) => `line ${line}, column ${column}:`, `and ${rest} more`)}`,
  };
}
