import type { CaseAct, CaseDeadline, Dossier } from '@fenghuo/contracts/case.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { inEachLanguage } from '../audit/both-languages.ts';
import { durationWords } from './case-words.ts';
import { isEnd, leadsBack } from './move-entries.ts';
import { type Naming, namingOf } from './naming.ts';

/** What went late or is missing in a case, the gravest first; of cases that went into it, what went late there. Pure. */
export function findingsOf(
  dossier: Dossier,
  deadlines: readonly CaseDeadline[],
  acknowledgedMs: number | null,
): Words[] {
  const { ticket, incident, evidence, absorbed } = dossier;
  const acts = dossier.acts.filter(({ subject }) => subject === incident.id || subject === ticket?.id);
  const naming = namingOf(dossier);
  const did = (act: string) => acts.some((one) => one.act === act);
  const failed = dossier.deliveries.filter(({ state }) => state === 'failed').length;
  const isOver = ticket?.stage === 'closed' && dossier.mergedInto === null;
  const found: (Words | false | null)[] = [
    ...deadlines.filter(({ lateMs }) => lateMs > 0).map((deadline) => lateWords(deadline, naming)),
    did('miss-acknowledgement') && words('有告警逾时未确认', 'Alarms were not acknowledged in time'),
    did('miss-supervision') && words('挂牌督办逾期', 'Not done with by the end of its supervision'),
    ...absorbed.flatMap(({ code, ticket: other }) => lateElsewhere(code, other, naming)),
    did('find-no-team') && words('附近没有可派的队伍', 'No team could be sent'),
    unheard(acts),
    did('miss-follow-up') && words('到期未回访', 'Nobody visited in time after closing'),
    failed > 0 && words(`${failed} 条通知未送达`, `${count(failed, 'message')} did not arrive`),
    ...wayBack(dossier),
    unsatisfied(dossier),
    isOver && acknowledgedMs === null && words('没有人确认过告警', 'Nobody acknowledged an alarm'),
    isOver &&
      !evidence.some(({ kind }) => kind === 'photo') &&
      words('案卷中没有照片', 'No photo is in the case'),
  ];
  return found.filter((one) => one !== false && one !== null);
}

const words = (zh: string, en: string): Words => ({ zh, en });
const count = (of: number, what: string) => (of === 1 ? `One ${what}` : `${of} ${what}s`);
const times = (of: number) => (of === 1 ? 'once' : `${of} times`);

/** By how much, who held it when it was missed, and what was said when it was made up for. */
function lateWords(
  { stage, limitMs, lateMs, reachedAt, holder, reason }: CaseDeadline,
  naming: Naming,
): Words {
  const [what, by] = [naming.stage(stage), durationWords(lateMs)];
  const limit = limitMs === null ? null : durationWords(limitMs);
  const why = reason === null ? null : inEachLanguage(reason);
  const zh = [
    `「${what.zh}」超时 ${by.zh}${limit === null ? '' : `（限 ${limit.zh}）`}`,
    reachedAt === null && '未达到',
    holder !== null && `当时承办：${holder.zh}`,
    why !== null && `说明：${why.zh}`,
  ];
  const en = [
    `“${what.en}” ${by.en} late${limit === null ? '' : ` (limit ${limit.en})`}`,
    reachedAt === null && 'not reached',
    holder !== null && `held then by ${holder.en}`,
    why !== null && `said of it: ${why.en}`,
  ];
  return words(zh.filter((part) => part).join('，'), en.filter((part) => part).join(', '));
}

function lateElsewhere(code: string, ticket: Dossier['ticket'], naming: Naming): Words[] {
  return (ticket?.lateness ?? []).flatMap(({ stage, holderName }) => {
    if (stage === null) return [];
    const what = naming.stage(stage);
    return [
      words(
        `并入的 ${code}：「${what.zh}」超时，当时承办：${holderName.zh}`,
        `${code}, merged into it: “${what.en}” late, held then by ${holderName.en}`,
      ),
    ];
  });
}

/** Messages that went up because nobody was on duty, or that nobody heard at all. */
function unheard(acts: readonly CaseAct[]): Words | null {
  const all = acts.filter(({ act }) => act === 'find-nobody-on-duty');
  const lost = all.filter(({ detail }) => detail.instead === null).length;
  if (lost > 0)
    return words(
      `${lost} 条通知各级均无人在岗，无人收到`,
      `${count(lost, 'message')} reached nobody: no level had anyone on duty`,
    );
  return all.length === 0
    ? null
    : words(
        `${all.length} 条通知因无人在岗转告上级`,
        `${count(all.length, 'message')} went one level up: nobody was on duty`,
      );
}

function wayBack({ ticket, workflow }: Dossier): (Words | null)[] {
  const moves = ticket?.moves ?? [];
  const pairs = moves.slice(1).map((move, i) => ({ before: moves[i]!, move }));
  const back = pairs.filter(({ before, move }) => leadsBack(before, move, workflow)).length;
  const again = pairs.filter(({ before }) => isEnd(before));
  const why = again.map(({ move }) => move.reason).filter((reason) => reason !== null);
  return [
    back === 0 ? null : words(`退回 ${back} 次`, `Sent back ${times(back)}`),
    again.length === 0
      ? null
      : words(
          `销号后重新打开 ${again.length} 次：${why.join('；')}`,
          `Opened again after its end ${times(again.length)}: ${why.join('; ')}`,
        ),
  ];
}

function unsatisfied({ ticket }: Dossier): Words | null {
  const visit = ticket?.visits.findLast(({ satisfied }) => !satisfied);
  return visit === undefined
    ? null
    : words(`回访不满意：${visit.note}`, `Not satisfied at a visit: ${visit.note}`);
}
