import type { Dossier } from '@fenghuo/contracts/case.ts';
import { caseReport, dossier as dossierShape } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationWords } from './case-words.ts';
import { opened, towerFire } from './dossier.fixture.ts';
import { reportPage } from './report-page.ts';
import { writeReport } from './write-report.ts';

const closedAt = towerFire.incident.closedAt!;
const withTicket = (of: Partial<TicketRecord>): Dossier => ({
  ...towerFire,
  ticket: { ...towerFire.ticket!, ...of },
});
const findings = (dossier: Dossier, now = closedAt) => writeReport(dossier, now).findings.map(({ en }) => en);

test('accepted in time → on scene 130 s late → under control 6 min late → closed: told so, by how much', () => {
  expect(dossierShape.parse(towerFire)).toEqual(towerFire);
  const report = caseReport.parse(writeReport(towerFire, closedAt));
  expect(report.deadlines).toMatchObject([
    { stage: 'accepted', dueAt: opened + 60_000, reachedAt: opened + 51_000, lateMs: 0 },
    { stage: 'on-scene', reachedAt: opened + 310_000, lateMs: 130_000 },
    { stage: 'under-control', lateMs: 360_000 },
    { stage: 'closed', lateMs: 0 },
  ]);
  expect(report.findings.map(({ zh }) => zh)).toEqual([
    '到场超时 2 分 10 秒（限 3 分）',
    '控制超时 6 分（限 5 分）',
  ]);
  expect(report).toMatchObject({ acknowledgedMs: 14_000, outcome: 'closed', told: { sent: 2 } });
  expect(report.floors).toMatchObject([{ floor: 5, alarms: 2 }, { floor: 6 }, { floor: 7 }]);
});

test('the time line tells alarms, moves, who was told, evidence and what was missed, each once, in order', () => {
  const { timeLine } = writeReport(towerFire, closedAt);
  const told = timeLine.map(({ what }) => what.en);
  for (const part of [
    'smoke detector S-501 (floor 5, 501) went off',
    '2 told: Handed over to you',
    'deadline missed: on scene',
  ])
    expect(told.filter((line) => line === part)).toHaveLength(1);
  expect(told.filter((line) => line.startsWith('dispatched'))).toEqual(['dispatched (Zeguo fire team)']);
  expect(timeLine.filter(({ late }) => late)).toHaveLength(2);
  expect(timeLine.every(({ at }, i) => i === 0 || at >= timeLine[i - 1]!.at)).toBe(true);
});

test('still open and past its deadline: late by as much as it is so far', () => {
  const moves = towerFire.ticket!.moves.slice(0, 2);
  const open = {
    ...withTicket({ moves, stage: 'dispatched', closedAt: null }),
    incident: { ...towerFire.incident, closedAt: null },
  };
  const { deadlines, outcome } = writeReport(open, opened + 90_000);
  expect(outcome).toBe('open');
  expect(deadlines[0]).toMatchObject({ stage: 'accepted', reachedAt: null, lateMs: 30_000 });
  expect(deadlines[1]).toMatchObject({ stage: 'on-scene', lateMs: 0 });
});

test('a false alarm after 20 s owes nothing further; a clock that began anew forgets what was reached before', () => {
  const [first] = towerFire.ticket!.moves;
  const end = { ...first!, at: opened + 20_000, to: 'false-alarm', stage: 'false-alarm' } as const;
  const over = withTicket({ moves: [first!, end], stage: 'false-alarm', closedAt: opened + 20_000 });
  expect(writeReport(over, closedAt)).toMatchObject({ outcome: 'false-alarm', deadlines: [], findings: [] });
  const graver = writeReport(withTicket({ countedFrom: opened + 400_000 }), closedAt);
  expect(graver.deadlines.map(({ stage }) => stage)).toEqual(['under-control', 'closed']);
});

test('sent back, not acknowledged, without a photo, not visited, a message that failed: each is a finding', () => {
  const back = { ...towerFire.ticket!.moves[4]!, at: opened + 70 * 60_000 };
  const moves = [...towerFire.ticket!.moves.slice(0, 8), back, towerFire.ticket!.moves[8]!];
  const missed = { ...towerFire.acts[0]!, act: 'miss-follow-up', subject: 'T-1' };
  const dossier: Dossier = {
    ...withTicket({ moves }),
    ...{ steps: [], evidence: [], acts: [...towerFire.acts, missed] },
    deliveries: [{ ...towerFire.deliveries[0]!, state: 'failed' }],
  };
  expect(findings(dossier).slice(2)).toEqual([
    ...['Nobody visited in time after closing', '1 messages did not arrive', 'Sent back 1 times'],
    ...['Nobody acknowledged an alarm', 'No photo is in the case'],
  ]);
});

test('the same dossier makes the same report, whatever the order of its parts in time', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(towerFire.steps, { minLength: towerFire.steps.length }), (steps) => {
      const at = (dossier: Dossier) => writeReport(dossier, closedAt).timeLine.map((entry) => entry.at);
      expect(at({ ...towerFire, steps })).toEqual(at(towerFire));
    }),
  );
});

test('durations are told in two units at most', () => {
  expect([0, 59_400, 130_000, 3_600_000, 93_600_000].map((ms) => durationWords(ms).en)).toEqual([
    ...['0 s', '59 s', '2 min 10 s', '1 h', '1 d 2 h'],
  ]);
});

test('the page shows what people wrote as they wrote it, and is the same in both languages but for the words', () => {
  const note = `<b onclick='x'>"&`;
  const dossier = { ...towerFire, evidence: [{ ...towerFire.evidence[0]!, note }] };
  const report = writeReport(dossier, closedAt);
  const page = (language: 'zh' | 'en') =>
    reportPage({
      dossier,
      report,
      language,
      timeZone: 'Asia/Shanghai',
      now: closedAt,
      by: '陈',
      pictures: new Map(),
    });
  for (const text of [page('zh'), page('en')]) {
    expect(text).not.toContain(note);
    expect(text).toContain('&#60;b onclick=&#39;x&#39;&#62;&#34;&#38;');
    expect(text).toContain('02:19:18');
    expect(text).not.toContain('undefined');
  }
  expect(page('en')).not.toContain('超时');
});
