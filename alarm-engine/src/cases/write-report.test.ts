import type { Dossier } from '@fenghuo/contracts/case.ts';
import { caseReport, dossier as dossierShape } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedWorkflow } from '../shipped-workflows.ts';
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
    '「到场」超时 2 分 10 秒（限 3 分钟）',
    '「控制」超时 6 分钟（限 5 分钟）',
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
    'deadline missed: On scene',
  ])
    expect(told.filter((line) => line === part)).toHaveLength(1);
  expect(told.filter((line) => line.startsWith('Dispatched'))).toEqual(['Dispatched (Zeguo fire team)']);
  expect(timeLine.filter(({ late }) => late)).toHaveLength(2);
  expect(timeLine.every(({ at }, i) => i === 0 || at >= timeLine[i - 1]!.at)).toBe(true);
});

test('an act done at a seat says so in the time line, in print too; what the engine did, and one without, says none', () => {
  const acts = towerFire.acts.map((act, i) => (i === 0 ? act : { ...act, seat: '席位 2' }));
  const dossier = { ...towerFire, acts };
  const report = writeReport(dossier, closedAt);
  const seated = report.timeLine.filter(({ seat }) => seat === '席位 2');
  expect(seated.length).toBeGreaterThan(0);
  for (const { at, by } of seated) expect(acts.some((act) => act.at === at && act.actor === by)).toBe(true);
  const language = 'zh' as const;
  const page = {
    dossier,
    report,
    language,
    timeZone: 'Asia/Shanghai',
    now: closedAt,
    by: '',
    pictures: new Map(),
  };
  expect(reportPage(page)).toContain('席位 2</td>');
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
    ...['Nobody visited in time after closing', 'One message did not arrive', 'Sent back once'],
    ...['Nobody acknowledged an alarm', 'No photo is in the case'],
  ]);
});

/** The way of a ticket of the case-file workflow: late, handed on, sent back, closed, opened again, false in the end. */
function crookedCase(): Dossier {
  const { workflow } = shippedWorkflow('case-file');
  const move = (
    minutes: number,
    from: string | null,
    to: string,
    holder: string,
    reason: string | null = null,
  ) => ({
    ...{ at: opened + minutes * 60_000, from, to, by: 'zhang', holder, reason },
    stage: workflow.steps.find(({ id }) => id === to)!.stage,
  });
  const moves = [
    move(0, null, 'reported', 'U1'),
    move(1, 'reported', 'filed', 'U1'),
    move(2, 'filed', 'assigned', 'U2', '路堵，绕行'),
    move(3, 'assigned', 'assigned', 'U3', '二队更近'),
    move(4, 'assigned', 'filed', 'U1', '地址不对'),
    move(5, 'filed', 'assigned', 'U3'),
    move(6, 'assigned', 'investigated', 'U3'),
    move(7, 'investigated', 'feedback', 'U1', '已排查'),
    move(8, 'feedback', 'archived', 'U1'),
    move(60, 'archived', 'filed', 'U1', '群众反映'),
    move(61, 'filed', 'assigned', 'U3'),
    move(62, 'assigned', 'investigated', 'U3'),
    move(63, 'investigated', 'false-alarm', 'U3', '炒菜油烟'),
  ];
  const late = { holder: 'U1', holderName: { zh: '泽国镇指挥室', en: 'Zeguo command room' }, told: [] };
  const dossier = withTicket({
    ...{ moves, stage: 'false-alarm', step: 'false-alarm', reopened: 1, countedFrom: opened + 3_600_000 },
    lateness: [{ ...late, what: 'deadline', stage: 'dispatched', dueAt: opened + 60_000, limitMs: 60_000 }],
    visits: [{ at: opened + 1_800_000, by: 'zhang', satisfied: false, note: '烟感未修' }],
  });
  const act = (name: string, detail: object, reason = '') => ({
    ...{
      ...towerFire.acts[1]!,
      act: name,
      reason,
      at: opened + 180_000,
      actor: 'zhang',
      detail: { ...detail },
    },
  });
  const acts = [
    act('transfer-ticket', { before: 'U2', after: 'U3' }, '二队更近'),
    act('reopen-ticket', {}, '群众反映'),
    act('escalate-ticket', { to: 'U9' }, '镇逾期 / the township is late'),
    act('record-follow-up', { satisfied: false }, '烟感未修'),
  ];
  return {
    ...dossier,
    workflow,
    acts,
    units: [...dossier.units, { id: 'U3', name: { zh: '二队', en: 'Second team' } }],
  };
}

test('late → handed on → sent back → archived → opened again → false: in the words of its workflow, each once, and why', () => {
  const report = caseReport.parse(writeReport(crookedCase(), closedAt));
  const told = (of: 'zh' | 'en') => report.timeLine.map(({ what }) => what[of]);
  const once = (line: string) => told('zh').filter((one) => one.includes(line));
  expect(once('二队更近')).toEqual(['转派：泽国专职消防队 → 二队：二队更近']);
  expect(once('地址不对')).toEqual(['退回「立案」（泽国镇指挥室）：地址不对']);
  expect(once('群众反映')).toEqual(['重新打开，回到「立案」（泽国镇指挥室）：群众反映']);
  expect(once('归档')).toEqual(['归档（泽国镇指挥室）']);
  expect(once('逐级上报')).toEqual(['逐级上报（U9）：镇逾期']);
  expect(once('回访')).toEqual(['回访（不满意）：烟感未修']);
  expect(told('en')).toContain('escalated (U9): the township is late');
  expect(report).toMatchObject({
    ...{ outcome: 'false-alarm', ending: { by: 'zhang', reason: { zh: '炒菜油烟' } } },
    deadlines: [{ stage: 'dispatched', lateMs: 60_000, holder: { en: 'Zeguo command room' } }, {}, {}],
  });
  expect(report.findings.map(({ zh }) => zh)).toEqual([
    '「交办」超时 1 分钟（限 1 分钟），当时承办：泽国镇指挥室，说明：路堵，绕行',
    ...['退回 1 次', '销号后重新打开 1 次：群众反映', '回访不满意：烟感未修'],
  ]);
});

test('a case that took another in: what happened there stands in the time line with its code, what was late there too', () => {
  const other = { ...crookedCase().ticket!, id: 'T-2', caseCode: 'WL-2' };
  const absorbed = [{ code: 'WL-2', incident: 'I-2', mergedAt: closedAt, ticket: other }];
  const evidence = [{ ...towerFire.evidence[0]!, id: 'E-9', from: 'WL-2' }];
  const report = writeReport({ ...towerFire, absorbed, evidence }, closedAt);
  const lines = report.timeLine.map(({ what }) => what.en).filter((line) => line.startsWith('[WL-2]'));
  expect(lines).toContain('[WL-2] note: 五楼走廊浓烟，疏散 14 人');
  expect(lines).toHaveLength(13);
  expect(report.findings.map(({ en }) => en)).toContain(
    'WL-2, merged into it: “Dispatched” late, held then by Zeguo command room',
  );
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
