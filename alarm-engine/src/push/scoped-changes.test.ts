import { expect, test } from 'vitest';
import type { Reach } from '../access/reach.ts';
import { changesInScope } from './scoped-changes.ts';

const doc = { id: 'A' };
const row = (area: string, of: object = {}) => ({
  no: 1,
  topic: 'alarm',
  key: 'A',
  area,
  wasArea: null,
  units: null,
  wasUnits: null,
  scattered: null,
  doc,
  ...of,
});
const township: Reach = { county: '331081', area: '331081100', unit: null };
const seen = (of: ReturnType<typeof row>) => changesInScope(township, [of]).changes;

test('inside: as it is; elsewhere: nothing; moved away: gone; moved in: as it is', () => {
  expect(seen(row('331081100203'))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
  expect(seen(row('331081101'))).toEqual([]);
  expect(seen(row(''))).toEqual([]);
  expect(seen(row('331081101', { wasArea: '331081100203' }))).toEqual([
    { topic: 'alarm', key: 'A', doc: null },
  ]);
  expect(seen(row('331081100', { wasArea: '331081101' }))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
  expect(seen(row('331081101', { wasArea: '331081102' }))).toEqual([]);
});

test('a hold is told where it holds', () => {
  expect(seen(row('331081100203', { topic: 'hold' }))).toEqual([{ topic: 'hold', key: 'A', doc }]);
  expect(seen(row('331081101', { topic: 'hold' }))).toEqual([]);
});

test('a record that was located only now is new to its township', () => {
  expect(seen(row('331081100', { wasArea: '' }))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
});

test('drills stand on every screen; the server’s own topics on none', () => {
  expect(seen(row('331081', { topic: 'drill' }))).toEqual([{ topic: 'drill', key: 'A', doc }]);
  expect(seen(row('331081100', { topic: 'upkeep' }))).toEqual([]);
});

test('a flood is told to whoever looks at the whole room, and not to a village in it', () => {
  const flood = { topic: 'flood' };
  const village = { county: '331081', area: '331081100203', unit: null };
  const to = (reach: Reach, area: string) => changesInScope(reach, [row(area, flood)]).changes.length;
  expect([to(township, '331081100'), to(township, '331081'), to(township, '331081101')]).toEqual([1, 0, 0]);
  expect([
    to(village, '331081100'),
    to({ county: '331081', area: '331081', unit: null }, '331081100'),
  ]).toEqual([0, 1]);
});

/** A team of Zeguo, and what it is told of a case in Songmen. */
const team: Reach = { ...township, unit: 'U-team' };
const elsewhere = (of: object) => changesInScope(team, [row('331081101207', of)]);
const ticket = { topic: 'ticket', key: 'T', doc: { incident: 'I' } };

test('ordered to a case elsewhere → its records as they are, and a snapshot of the rest; others’ cases: nothing', () => {
  const ordered = { units: ['U-team', 'U-zeguo'], wasUnits: ['U-songmen'] };
  expect(elsewhere({ ...ticket, ...ordered })).toEqual({
    changes: [{ topic: 'ticket', key: 'T', doc: ticket.doc }],
    turned: true,
  });
  expect(elsewhere({ units: ['U-team'] })).toEqual({
    changes: [{ topic: 'alarm', key: 'A', doc }],
    turned: false,
  });
  expect(elsewhere({ ...ticket, units: ['U-team'] }).turned).toBe(false);
  expect(elsewhere({ ...ticket, units: ['U-songmen'] })).toEqual({ changes: [], turned: false });
  expect(changesInScope(township, [row('331081101207', { ...ticket, ...ordered })]).changes).toEqual([]);
});

test('recalled → ticket and incident are gone, and the rest by a snapshot; an alarm that another case took in is gone', () => {
  expect(elsewhere({ ...ticket, units: null, wasUnits: ['U-team'] })).toEqual({
    changes: [
      { topic: 'ticket', key: 'T', doc: null },
      { topic: 'incident', key: 'I', doc: null },
    ],
    turned: true,
  });
  expect(elsewhere({ units: [], wasUnits: ['U-team'] })).toEqual({
    changes: [{ topic: 'alarm', key: 'A', doc: null }],
    turned: false,
  });
});

test('an order in one’s own area brings nothing new, unless something of the case lies elsewhere', () => {
  const ordered = { ...ticket, units: ['U-team'], wasUnits: [] };
  expect(changesInScope(team, [row('331081100203', ordered)]).turned).toBe(false);
  expect(changesInScope(team, [row('331081100203', { ...ordered, scattered: true })]).turned).toBe(true);
  expect(changesInScope(township, [row('331081100203', { ...ordered, scattered: true })]).turned).toBe(false);
});

test('whoever sees the place keeps the case, ordered or not', () => {
  const inside = row('331081100203', { ...ticket, units: ['U-team'], wasUnits: [] });
  expect(changesInScope(team, [inside])).toMatchObject({ turned: false });
  expect(changesInScope(team, [{ ...inside, units: [], wasUnits: ['U-team'] }])).toEqual({
    changes: [{ topic: 'ticket', key: 'T', doc: ticket.doc }],
    turned: false,
  });
});
