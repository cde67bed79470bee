import { expect, test } from 'vitest';
import { chainLanes, lightCounts, shownTickets } from './chain.ts';
import { sampleSnapshot, sampleTicket } from './sample-records.ts';
import { worldOf } from './world.ts';

const due = (at: number) => ({ stage: 'accepted', since: 0, yellowAt: at * 0.7, at, limitMs: at }) as const;
const unit = {
  parent: null,
  area: '331081',
  name: { zh: '', en: '' },
  lon: 0,
  lat: 0,
  capabilities: [],
  staff: 1,
};
const world = worldOf(
  sampleSnapshot({
    tickets: [
      sampleTicket({ id: 'later', due: due(90_000) }),
      sampleTicket({ id: 'room', holderLevel: 'township', due: due(50_000) }),
      sampleTicket({ id: 'late', due: due(10_000) }),
      sampleTicket({ id: 'owes nothing', holderLevel: 'grid', due: null }),
    ],
    units: [
      { ...unit, id: 'U1', level: 'township', onDuty: '王佳强' },
      { ...unit, id: 'U2', level: 'township', onDuty: null },
    ],
  }),
);

test('a ticket stands in the lane where it is held, the most pressing first', () => {
  const lanes = chainLanes(world);
  expect(lanes.map((lane) => [lane.level, lane.tickets.map((ticket) => ticket.id)])).toEqual([
    ['county', []],
    ['township', ['room']],
    ['station', []],
    ['village', []],
    ['grid', ['owes nothing']],
    ['team', ['late', 'later']],
  ]);
});

test('a lane says how many units it has and how many are staffed, where they are known', () => {
  const [, township, , village] = chainLanes(world);
  expect([township?.units, township?.onDuty]).toEqual([17, 1]);
  expect([village?.units, village?.onDuty]).toEqual([661, null]);
});

test('with room for two, the two most pressing of the whole chain are shown', () => {
  expect([...shownTickets(chainLanes(world), 2)]).toEqual(['late', 'room']);
});

test('lights are counted at their time', () => {
  expect(lightCounts(world.tickets.values(), 40_000)).toEqual({ blue: 1, yellow: 1, red: 1 });
});
