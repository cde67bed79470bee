import { expect, test } from 'vitest';
import { sampleTicket } from '../state/sample-records.ts';
import { warRows } from './war-rows.ts';

const team = { zh: '泽国消防站', en: 'Zeguo station' };
const due = (at: number) => ({ stage: 'accepted' as const, since: 0, yellowAt: 0, at, limitMs: 60_000 });

function rowsOf(...tickets: ReturnType<typeof sampleTicket>[]) {
  const { without, ordered } = warRows({ tickets: new Map(tickets.map((one) => [one.id, one])) });
  return [without, ordered].map((rows) => rows.map(({ ticket }) => ticket.id));
}

test('cases without a team stand apart, what is due first leads, drills come last', () => {
  const held = { holderLevel: 'team', holderName: team } as const;
  const room = { holderLevel: 'township' } as const;
  expect(
    rowsOf(
      sampleTicket({ id: 'drill', run: 'drill-1', ...room, due: due(1) }),
      sampleTicket({ id: 'later', ...held, due: due(9) }),
      sampleTicket({ id: 'late', ...held, due: due(2) }),
      sampleTicket({ id: 'waits', ...room, due: due(5) }),
    ),
  ).toEqual([
    ['waits', 'drill'],
    ['late', 'later'],
  ]);
});

test('a team that is called counts; one that is done, and a department, do not', () => {
  const party = { unit: 'U', level: 'team', name: team, role: 'support', since: 0, by: '' } as const;
  const of = (id: string, given: object) =>
    sampleTicket({ id, holderLevel: 'township', parties: [{ ...party, state: 'en-route', ...given }] });
  expect(
    rowsOf(of('called', {}), of('done', { state: 'done' }), of('department', { role: 'department' })),
  ).toEqual([['done', 'department'], ['called']]);
});
