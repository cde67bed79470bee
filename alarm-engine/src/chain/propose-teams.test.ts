import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RegisteredUnit } from '../registry/registry.ts';
import { type Need, proposeTeams, roughMinutes, type Teams, type Work } from './propose-teams.ts';

const words = (text: string) => ({ zh: text, en: text });
const team = (id: string, lat: number, more: Partial<RegisteredUnit> = {}): RegisteredUnit => ({
  ...{ id, level: 'team', area: '331081100', parent: null, name: words(id), lon: 121.36, lat },
  capabilities: ['fire'],
  ...more,
});
const need: Need = {
  ...{ area: '331081100203-02', place: { lon: 121.36, lat: 28.48 }, hazard: 'fire', atIt: new Set<string>() },
};
const free: Work = { open: 0, isOut: false };
const teams = (all: RegisteredUnit[], more: Partial<Teams> = {}): Teams => ({
  ...{ all, onDuty: () => 6, work: () => free },
  ...more,
});
const order = (of: Teams, wanted = need) => proposeTeams(of, wanted).ranked.map(({ unit }) => unit);
const why = (of: Teams, wanted = need) =>
  proposeTeams(of, wanted).ruledOut.map(({ unit, why: because }) => [unit, because]);

test('the lowest level that covers the place first, then the nearest, another area’s last', () => {
  const all = [
    team('brigade-far', 28.52),
    team('brigade', 28.49),
    team('micro', 28.5, { area: '331081100203' }),
    team('next-door', 28.481, { area: '331081101' }),
  ];
  expect(order(teams(all))).toEqual(['micro', 'brigade', 'brigade-far', 'next-door']);
});

test('reasons: how far and how long, what it can do, who is there, whose area, what else it has to do', () => {
  const work = () => ({ open: 2, isOut: false });
  const [first] = proposeTeams(teams([team('brigade', 28.49)], { work }), need).ranked;
  expect(first).toMatchObject({ metres: 1113, minutes: 3, covers: true, onDuty: 6, open: 2 });
  expect(first?.reasons.map(({ en }) => en)).toEqual([
    '1.1 km in a straight line, about 3 min',
    'able: fire-fighting',
    '6 on duty',
    'the place lies in its area',
    '2 open tickets',
  ]);
});

test('ruled out: at it already, not able, too far, nobody there, out at another fire, too much to do', () => {
  const all = [
    team('at-it', 28.48),
    team('police', 28.481, { capabilities: ['police'] }),
    team('asleep', 28.482),
    team('out', 28.483),
    team('laden', 28.484),
    team('far', 28.7, { area: '331081101' }),
  ];
  const of = teams(all, {
    onDuty: (unit) => (unit === 'asleep' ? 0 : 3),
    work: (unit) => ({ open: unit === 'laden' ? 4 : 1, isOut: unit === 'out' }),
  });
  expect(why(of, { ...need, atIt: new Set(['at-it']) })).toEqual([
    ['at-it', 'on-the-case'],
    ['police', 'not-capable'],
    ['asleep', 'nobody-on-duty'],
    ['out', 'busy'],
    ['laden', 'busy'],
    ['far', 'too-far'],
  ]);
  expect(order(of, { ...need, atIt: new Set(['at-it']) })).toEqual([]);
});

test('a case without a place: only whose area it lies in, and no distance is told', () => {
  const all = [team('brigade', 28.49), team('next-door', 28.481, { area: '331081101' })];
  const { ranked, ruledOut } = proposeTeams(teams(all), { ...need, place: null });
  expect(ranked).toMatchObject([{ unit: 'brigade', metres: null, minutes: null }]);
  expect(ruledOut).toMatchObject([{ unit: 'next-door', why: 'too-far' }]);
});

test('a minute to turn out, then two for each kilometre', () => {
  expect([0, 1000, 10_000].map(roughMinutes).map(Math.round)).toEqual([1, 3, 22]);
});

test('whatever the teams are: each is told at most once, none that is ruled out is sent, and the order is not theirs', () => {
  const area = fc.constantFrom('331081100', '331081100203', '331081100203-02', '331081101');
  const of = fc.record({
    lat: fc.double({ min: 28.3, max: 28.7, noNaN: true }),
    area,
    capabilities: fc.subarray(['fire', 'police']),
    people: fc.nat(3),
    open: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(of, { maxLength: 40 }), (drawn) => {
      const all = drawn.map(({ lat, people: _, open: __, ...more }, i) => team(`T${i}`, lat, more));
      const no = (unit: string) => drawn[Number(unit.slice(1))]!;
      const more = {
        onDuty: (unit: string) => no(unit).people,
        work: (unit: string) => ({ open: no(unit).open, isOut: false }),
      };
      const proposed = proposeTeams(teams(all, more), need);
      for (const { unit } of proposed.ranked) {
        expect(no(unit).people * Number(no(unit).capabilities.includes('fire'))).toBeGreaterThan(0);
        expect(no(unit).open).toBeLessThan(4);
      }
      const told = [...proposed.ranked, ...proposed.ruledOut].map(({ unit }) => unit);
      expect(new Set(told).size).toBe(told.length);
      expect(proposeTeams(teams([...all].reverse(), more), need)).toEqual(proposed);
    }),
  );
});
