import type { CaseDeadline, CaseReport, Dossier } from '@fenghuo/contracts/case.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { evidenceKinds, ticketStages, type Words } from '@fenghuo/contracts/words.ts';
import { durationWords, stageWords } from './case-words.ts';
import { deadlinesOf } from './deadlines-kept.ts';
import { timeLineOf } from './time-line.ts';

/** Entries of the time line that a report tells; the dossier holds them all. */
const mostEntries = 400;

/**
 * The after-action report 复盘 of a case, as far as it has come: when what happened, which deadlines were kept, what went
 * late and by how much. A pure function of the dossier; `now` counts what is still owed.
 */
export function writeReport(dossier: Dossier, now: number): CaseReport {
  const { incident, ticket, evidence } = dossier;
  const deadlines = ticket === null ? [] : deadlinesOf(dossier.workflow, ticket, now);
  const timeLine = timeLineOf(dossier);
  return {
    round: ticket?.reopened ?? 0,
    caseCode: dossier.code,
    run: dossier.run,
    severity: incident.severity,
    title: incident.title,
    place: incident.place,
    outcome: outcomeOf(dossier),
    openedAt: incident.openedAt,
    closedAt: incident.closedAt,
    acknowledgedMs: acknowledgedAfter(dossier),
    deadlines,
    floors: floorsOf(dossier.alarms),
    told: toldOf(dossier),
    parties: ticket?.parties ?? [],
    evidence: evidenceKinds
      .map((kind) => ({ kind, count: evidence.filter((item) => item.kind === kind).length }))
      .filter(({ count }) => count > 0),
    timeLine: timeLine.slice(0, mostEntries),
    leftOut: Math.max(0, timeLine.length - mostEntries),
    findings: findingsOf(dossier, deadlines),
  };
}

function outcomeOf({ incident, ticket, mergedInto }: Dossier): CaseReport['outcome'] {
  if (mergedInto !== null) return 'merged';
  if (incident.closedAt === null) return 'open';
  if (ticket === null) return 'all-normal';
  return ticket.stage === 'false-alarm' ? 'false-alarm' : 'closed';
}

function acknowledgedAfter({ incident, steps }: Dossier): number | null {
  const first = steps.find(({ why, actor }) => why === 'acknowledge' && actor !== 'engine');
  return first === undefined ? null : first.at - incident.openedAt;
}

/** Alarms by floor, the lowest first; those of no floor last. */
function floorsOf(alarms: readonly AlarmRecord[]): CaseReport['floors'] {
  const floors = [...new Set(alarms.map(({ floor }) => floor))];
  floors.sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  return floors.map((floor) => {
    const there = alarms.filter((alarm) => alarm.floor === floor);
    return { floor, alarms: there.length, confirmed: there.filter(({ confirmed }) => confirmed).length };
  });
}

function toldOf({ deliveries }: Dossier): CaseReport['told'] {
  const count = (state: string) => deliveries.filter((delivery) => delivery.state === state).length;
  return {
    sent: count('sent'),
    waiting: count('waiting'),
    failed: count('failed'),
    refused: count('refused'),
  };
}

function findingsOf(dossier: Dossier, deadlines: readonly CaseDeadline[]): Words[] {
  const { ticket, acts, deliveries, evidence } = dossier;
  const did = (act: string) => acts.some((one) => one.act === act);
  const failed = deliveries.filter(({ state }) => state === 'failed').length;
  const back = (ticket?.moves ?? []).filter(
    ({ stage }, i, moves) =>
      ticketStages.indexOf(stage) < ticketStages.indexOf(moves[i - 1]?.stage ?? 'received'),
  ).length;
  const isOver = ticket?.stage === 'closed';
  const found: (Words | false)[] = [
    ...deadlines.filter(({ lateMs }) => lateMs > 0).map(lateWords),
    did('miss-supervision') && { zh: '挂牌督办逾期', en: 'Not done with by the end of its supervision' },
    did('miss-follow-up') && { zh: '到期未回访', en: 'Nobody visited in time after closing' },
    failed > 0 && { zh: `${failed} 条通知未送达`, en: `${failed} messages did not arrive` },
    back > 0 && { zh: `退回或重新到场 ${back} 次`, en: `Sent back ${back} times` },
    isOver &&
      acknowledgedAfter(dossier) === null && { zh: '没有人确认过告警', en: 'Nobody acknowledged an alarm' },
    isOver &&
      !evidence.some(({ kind }) => kind === 'photo') && {
        zh: '案卷中没有照片',
        en: 'No photo is in the case',
      },
  ];
  return found.filter((one) => one !== false);
}

function lateWords({ stage, limitMs, lateMs, reachedAt }: CaseDeadline): Words {
  const [by, limit] = [durationWords(lateMs), durationWords(limitMs)];
  const [zh, en] = reachedAt === null ? ['，未达到', ', not reached'] : ['', ''];
  return {
    zh: `${stageWords[stage].zh}超时 ${by.zh}（限 ${limit.zh}）${zh}`,
    en: `${stageWords[stage].en} ${by.en} late (limit ${limit.en})${en}`,
  };
}
