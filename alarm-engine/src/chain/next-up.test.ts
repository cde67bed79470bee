import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { above, nextUp, whoHearsLateness, whoIsThere } from './next-up.ts';
import { type Duty, Roster } from './roster.ts';

const words = { zh: '', en: '' };
const registry = new Registry({ code: '331081', name: words, casePrefix: 'WL', demo: true });
const chain: [string, UnitLevel, string | null][] = [
  ['county', 'county', null],
  ['town', 'township', 'county'],
  ['station', 'station', 'town'],
  ['team', 'team', 'station'],
  ['lost', 'team', 'nowhere'],
  ['loop', 'team', 'loop'],
];
for (const [id, level, parent] of chain)
  registry.addUnit({ id, level, parent, area: '331081', name: words, lon: 0, lat: 0, capabilities: [] });
for (const { id } of registry.units.values())
  for (const post of ['mobile', 'follow-up', 'commander'] as const)
    registry.addPerson({ id: `${id}-${post}`, unit: id, post, onDuty: true });

const unitOf = (id: string) => registry.units.get(id);
const unit = (id: string) => registry.units.get(id)!;
/** Off duty: everyone of these units. */
const rosterWithout = (...units: string[]) => {
  const changes = new Map<string, Duty>();
  for (const person of registry.people.values())
    if (units.includes(person.unit))
      changes.set(person.id, {
        ...{ person: person.id, onDuty: false, post: person.post, until: null, by: 'x', at: 0 },
      });
  return new Roster(registry, changes);
};
const all = rosterWithout();
const level = (...levels: UnitLevel[]) => levels.map((of) => ({ level: of }));

test('above a team are its station, its township and the county; a parent that is not there ends it, and a loop', () => {
  expect(above(unitOf, unit('team')).map(({ id }) => id)).toEqual(['station', 'town', 'county']);
  expect(above(unitOf, unit('lost'))).toEqual([]);
  expect(above(unitOf, unit('loop'))).toEqual([]);
});

test('late: one level up, then the next, then the county, then nobody', () => {
  const next = (...told: UnitLevel[]) => nextUp(unitOf, all, unit('team'), level(...told))?.id;
  expect(next()).toBe('station');
  expect(next('station')).toBe('town');
  expect(next('station', 'township')).toBe('county');
  expect(next('station', 'township', 'county')).toBeUndefined();
  expect(nextUp(unitOf, all, unit('county'), [])).toBeNull();
});

test('a level of which nobody is on duty is passed over, but not the top', () => {
  const next = (roster: Roster) => nextUp(unitOf, roster, unit('team'), [])?.id;
  expect(next(rosterWithout('station'))).toBe('town');
  expect(next(rosterWithout('station', 'town'))).toBe('county');
  expect(next(rosterWithout('station', 'town', 'county'))).toBe('county');
});

test('told is who is there: of a county the commander and who follows up, of other units everyone', () => {
  const there = (id: string) => whoHearsLateness(whoIsThere(unitOf, all, unit(id))!).map((one) => one.post);
  expect(there('county')).toEqual(['commander', 'follow-up']);
  expect(there('town')).toEqual(['commander', 'follow-up', 'mobile']);
  expect(whoIsThere(unitOf, rosterWithout('team', 'station'), unit('team'))?.unit.id).toBe('town');
  expect(whoIsThere(unitOf, rosterWithout('team', 'station', 'town', 'county'), unit('team'))).toBeNull();
});
