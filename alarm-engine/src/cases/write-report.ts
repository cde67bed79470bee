import type { CaseReport, Dossier } from '@fenghuo/contracts/case.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { evidenceKinds } from '@fenghuo/contracts/words.ts';
import { inEachLanguage } from '../audit/both-languages.ts';
import { deadlinesOf } from './deadlines-kept.ts';
import { findingsOf } from './findings.ts';
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
  const acknowledgedMs = acknowledgedAfter(dossier);
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
    ending: endingOf(dossier),
    acknowledgedMs,
    deadlines,
    floors: floorsOf(dossier.alarms),
    told: toldOf(dossier),
    parties: ticket?.parties ?? [],
    evidence: evidenceKinds
      .map((kind) => ({ kind, count: evidence.filter((item) => item.kind === kind).length }))
      .filter(({ count }) => count > 0),
    timeLine: timeLine.slice(0, mostEntries),
    leftOut: Math.max(0, timeLine.length - mostEntries),
    findings: findingsOf(dossier, deadlines, acknowledgedMs),
  };
}

function outcomeOf({ incident, ticket, mergedInto }: Dossier): CaseReport['outcome'] {
  if (mergedInto !== null) return 'merged';
  if (incident.closedAt === null) return 'open';
  if (ticket === null) return 'all-normal';
  return ticket.stage === 'false-alarm' ? 'false-alarm' : 'closed';
}

/** Who ended it, and with what words: why it was a false alarm, or what it went into. */
function endingOf({ incident, ticket }: Dossier): CaseReport['ending'] {
  const last = ticket?.moves.at(-1);
  if (incident.closedAt === null || last === undefined) return null;
  return { by: last.by, reason: last.reason === null ? null : inEachLanguage(last.reason) };
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
