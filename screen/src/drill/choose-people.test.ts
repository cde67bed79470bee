import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import { expect, test } from 'vitest';
import { onDutyAlong, peopleLike } from './choose-people.ts';

const person = (id: string, area: string, onDuty: boolean): RosterPerson => ({
  ...{ id, area, onDuty, unit: `U-${area}`, name: `张${id}`, phone: '', title: '队长', post: 'mobile' },
  ...{ until: null, changedBy: null, changedAt: null },
});
const people = [
  person('county', '331081', true),
  person('here', '331081100', true),
  person('asleep', '331081100', false),
  person('elsewhere', '331081101', true),
];

test('who is on duty above the places is proposed, nobody of another township, nobody off duty', () => {
  const places = [
    { building: 'B1', name: { zh: '一号楼', en: 'Block 1' }, area: '331081100203-02', lon: 0, lat: 0 },
  ];
  expect(onDutyAlong(people, { places })).toEqual(['county', 'here']);
  expect(onDutyAlong(people, { places: [] })).toEqual([]);
});

test('people are found by name, title or unit, those on duty first', () => {
  const found = peopleLike(people, '泽国', (unit) => (unit === 'U-331081100' ? '泽国镇' : ''));
  expect(found.map(({ id }) => id)).toEqual(['here', 'asleep']);
});
