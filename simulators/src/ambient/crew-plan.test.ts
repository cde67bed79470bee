import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { type CrewCase, planActs } from './crew-plan.ts';
import { anAlarm, anIncident, aWorkflow, aTicket as bareTicket } from './records.fixture.ts';

const minute = 60_000;
const acknowledged = { acknowledged: true, acknowledgedAt: 20_000, acknowledgedBy: 'dispatcher' };
/** On duty long before anything happened. */
const since = -minute;
const workflow = aWorkflow();
/** At the step of its stage, with whoever holds it there. */
const aTicket = (facts: Partial<TicketRecord> = {}): TicketRecord => {
  const stage = facts.stage ?? 'received';
  const holderLevel = workflow.steps.find((step) => step.id === stage)!.heldBy;
  return bareTicket({ step: stage, holderLevel, ...facts });
};
const aCase = (facts: Partial<CrewCase>): CrewCase => ({
  incident: anIncident(),
  ticket: aTicket(),
  workflow,
  alarms: [anAlarm(acknowledged)],
  found: null,
  ...facts,
});

test('an alarm is acknowledged by the desk within 10 to 50 seconds, before its ticket goes anywhere', () => {
  const acts = planActs(aCase({ alarms: [anAlarm()] }), since);
  expect(acts).toHaveLength(1);
  expect(acts[0]).toMatchObject({
    as: 'dispatcher',
    command: { act: 'acknowledge-alarm', subject: 'A1', expectedVersion: 1 },
  });
  expect(acts[0]!.at).toBeGreaterThanOrEqual(10_000);
  expect(acts[0]!.at).toBeLessThanOrEqual(50_000);
});

test('several alarms of one incident are acknowledged as one', () => {
  const alarms = [anAlarm(), anAlarm({ id: 'A2', device: 'D2' })];
  const [act] = planActs(aCase({ alarms, incident: anIncident({ version: 4 }) }), since);
  expect(act!.command).toMatchObject({ act: 'acknowledge-incident', subject: 'I1', expectedVersion: 4 });
});

test('a fire of high severity goes the whole loop, in time', () => {
  const seen: TicketStage[] = [];
  const hands: string[] = [];
  let ticket = aTicket({ severity: 'high', id: 'T-in-time' });
  let alarm = anAlarm({ ...acknowledged, severity: 'high' });
  let now = 20_000;
  while (ticket.stage !== 'closed') {
    const move = planActs(aCase({ ticket, alarms: [alarm] }), since).find(
      (act) => act.command.act === 'move-ticket',
    );
    if (move?.command.act !== 'move-ticket') throw new Error(`nobody takes it on from ${ticket.stage}`);
    now = Math.max(now, move.at);
    const step = workflow.steps.find(({ id }) => id === (move.command as { to: string }).to)!;
    ticket = { ...ticket, step: step.id, stage: step.stage, holderLevel: step.heldBy, stepSince: now };
    hands.push(move.as);
    seen.push(ticket.stage);
    if (ticket.stage === 'accepted') expect(now).toBeLessThan(1.5 * minute);
    if (ticket.stage === 'on-scene') expect(now).toBeLessThan(4 * minute);
    if (ticket.stage === 'feedback') alarm = { ...alarm, condition: false, returnedAt: now };
  }
  expect(seen).toEqual([
    'dispatched',
    'accepted',
    'en-route',
    'on-scene',
    'under-control',
    'feedback',
    'review',
    'supervision',
    'closed',
  ]);
  const desk = ['dispatcher', 'dispatcher', 'dispatcher'];
  expect(hands).toEqual(['dispatcher', 'crew', 'crew', 'crew', 'crew', 'crew', ...desk]);
  expect(now).toBeLessThan(16 * minute);
});

test('a latched alarm is reset once clear and under control, not before', () => {
  const clear = anAlarm({ ...acknowledged, condition: false, returnedAt: 5 * minute });
  const resets = (step: TicketStage, alarm = clear) =>
    planActs(aCase({ ticket: aTicket({ stage: step }), alarms: [alarm] }), since).filter(
      (act) => act.command.act === 'reset-alarm',
    );
  expect(resets('on-scene')).toEqual([]);
  expect(resets('under-control', anAlarm(acknowledged))).toEqual([]);
  expect(resets('under-control')[0]).toMatchObject({ as: 'dispatcher' });
  expect(resets('under-control')[0]!.at).toBeGreaterThan(5 * minute);
});

test('no fire is closed while a detector still says fire', () => {
  const ticket = aTicket({ stage: 'review' });
  expect(planActs(aCase({ ticket }), since)).toEqual([]);
});

test('a nuisance is called off with a reason, once the air is clear: by telephone or on the spot', () => {
  const ends = Array.from({ length: 200 }, (_, i) => {
    const steps = ['accepted', 'on-scene'] as const;
    const clear = anAlarm({ ...acknowledged, condition: false, returnedAt: minute });
    const acts = steps.map((step) => {
      const ticket = aTicket({ id: `T${i}`, stage: step, stepSince: 2 * minute });
      expect(
        planActs(aCase({ found: '油烟', ticket, alarms: [anAlarm(acknowledged)] }), since).some(isCalledOff),
      ).toBe(false);
      return planActs(aCase({ found: '油烟', ticket, alarms: [clear] }), since).find(isCalledOff);
    });
    return acts.findIndex((act) => act !== undefined);
  });
  const telephoned = ends.filter((step) => step === 0).length;
  expect(ends).not.toContain(-1);
  expect(telephoned).toBeGreaterThan(80);
  expect(telephoned).toBeLessThan(140);
});

test('about one grave ticket in four is late on the scene', () => {
  const due = {
    stage: 'on-scene',
    since: 0,
    yellowAt: 2 * minute,
    at: 3 * minute,
    limitMs: 3 * minute,
  } as const;
  const late = Array.from({ length: 400 }, (_, i) => {
    const ticket = aTicket({
      id: `T${i}`,
      severity: 'high',
      stage: 'en-route',
      stepSince: 1.2 * minute,
      due,
    });
    return planActs(aCase({ ticket }), since)[0]!.at > due.at;
  }).filter(Boolean).length;
  expect(late).toBeGreaterThan(60);
  expect(late).toBeLessThan(140);
});

test('a supply alarm is acknowledged and needs nobody to drive anywhere', () => {
  const supply = { ticket: null, incident: anIncident({ ticket: null, severity: 'low' }) } as const;
  const alarm = anAlarm({ latched: false, severity: 'low', kind: 'water' });
  expect(planActs(aCase({ ...supply, alarms: [alarm] }), since)).toHaveLength(1);
  expect(planActs(aCase({ ...supply, alarms: [{ ...alarm, ...acknowledged }] }), since)).toEqual([]);
});

test('what the people find when they come on duty they take up within half a minute, not at once', () => {
  const onDuty = 60 * minute;
  const [act] = planActs(aCase({ alarms: [anAlarm()] }), onDuty);
  expect(act!.at).toBeGreaterThan(onDuty + 2_000);
  expect(act!.at).toBeLessThan(onDuty + 31_000);
});

test('a medium alarm is acknowledged, looked at, and given a ticket, unless the telephone settles it', () => {
  const opened = (found: string | null) =>
    Array.from({ length: 200 }, (_, i) => {
      const incident = anIncident({ id: `I${i}`, ticket: null });
      expect(planActs(aCase({ incident, ticket: null, alarms: [anAlarm()], found }), since)).toHaveLength(1);
      const acts = planActs(aCase({ incident, ticket: null, alarms: [anAlarm(acknowledged)], found }), since);
      return acts.some(({ command }) => command.act === 'open-ticket');
    }).filter(Boolean).length;
  expect(opened(null)).toBe(200);
  expect(opened('油烟')).toBeGreaterThan(60);
  expect(opened('油烟')).toBeLessThan(120);
});

test('asked twice, the same answer', () => {
  expect(planActs(aCase({}), since)).toEqual(planActs(aCase({}), since));
});

function isCalledOff({ command }: ReturnType<typeof planActs>[number]): boolean {
  return command.act === 'move-ticket' && command.to === 'false-alarm' && command.reason !== '';
}
