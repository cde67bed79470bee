import { expect, test } from 'vitest';
import { CrewHands, handsOffMs } from './crew-hands.ts';
import type { CrewCommand } from './crew-plan.ts';
import { anAlarm, anIncident, aTicket } from './records.fixture.ts';

const onDutyAt = 1_000_000;
const moveBy = (by: string, at: number) =>
  aTicket({
    moves: [{ at, from: 'received', to: 'dispatched', stage: 'dispatched', by, holder: 'U1', reason: null }],
  });
const caseOf = (ticket: ReturnType<typeof aTicket>, alarms = [anAlarm()]) =>
  ({ incident: anIncident(), ticket, alarms, workflow: null, found: null }) as const;
const move: CrewCommand = {
  act: 'move-ticket',
  subject: 'T1',
  expectedVersion: 1,
  to: 'dispatched',
  reason: '',
};

test('a commander moved the ticket: hands off for five minutes', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  const touched = caseOf(moveBy('commander', onDutyAt + 10));
  expect(hands.mustRest(touched, onDutyAt + 20)).toBe(true);
  expect(hands.mustRest(touched, onDutyAt + 10 + handsOffMs)).toBe(false);
});

test('the engine is nobody, and an own act is no reason to rest', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  expect(hands.mustRest(caseOf(moveBy('engine', onDutyAt + 10)), onDutyAt + 20)).toBe(false);
  hands.about(move, [], onDutyAt + 5);
  expect(hands.mustRest(caseOf(moveBy('dispatcher', onDutyAt + 10)), onDutyAt + 20)).toBe(false);
});

test('a person signed in as dispatcher acted: hands off, though the account is the same', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  expect(hands.mustRest(caseOf(moveBy('dispatcher', onDutyAt + 10)), onDutyAt + 20)).toBe(true);
});

test('own act refused because a person was faster: hands off', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  const takeBack = hands.about(move, [], onDutyAt + 5);
  takeBack();
  expect(hands.mustRest(caseOf(moveBy('dispatcher', onDutyAt + 10)), onDutyAt + 20)).toBe(true);
});

test('what these accounts did before they came on duty was theirs', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  expect(hands.mustRest(caseOf(moveBy('crew', onDutyAt - 10)), onDutyAt + 20)).toBe(false);
});

test('a person acknowledged an alarm: hands off; the crew acknowledged the incident: not', () => {
  const hands = new CrewHands(['dispatcher', 'crew'], onDutyAt);
  const alarm = anAlarm({ acknowledged: true, acknowledgedAt: onDutyAt + 10, acknowledgedBy: 'dispatcher' });
  expect(hands.mustRest(caseOf(aTicket(), [alarm]), onDutyAt + 20)).toBe(true);
  hands.about(
    { act: 'acknowledge-incident', subject: 'I1', expectedVersion: 1, reason: '' },
    [anAlarm()],
    onDutyAt + 5,
  );
  expect(hands.mustRest(caseOf(aTicket(), [alarm]), onDutyAt + 20)).toBe(false);
});
