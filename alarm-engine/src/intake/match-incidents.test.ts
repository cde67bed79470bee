import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anIncident, noon } from '../../test/records.ts';
import { type Heard, matchIncidents } from './match-incidents.ts';

const minute = 60_000;
const muyu = { zh: '泽国镇 牧屿社区 12 号楼', en: 'Block 12, Muyu, Zeguo' };
const incident = (id: string, more: Partial<ReturnType<typeof anIncident>> = {}) =>
  anIncident({
    ...{ id, run: null, hazard: 'fire', building: 'B1', area: '331081100203-02', lon: 121.37, lat: 28.49 },
    ...{ place: muyu, openedAt: noon - 5 * minute, lastAlarmAt: noon - 2 * minute, closedAt: null },
    ...more,
  });
const heard = (more: Partial<Heard> = {}): Heard => ({
  ...{ now: noon, run: null, what: null, area: null, building: null, lon: null, lat: null, words: '' },
  ...more,
});
const ids = (of: Heard, ...open: ReturnType<typeof incident>[]) =>
  matchIncidents(of, open).map((match) => match.incident);

test('the same building comes first, then what is near, then what was said; each says why', () => {
  const near = incident('near', { building: 'B7', lon: 121.371, place: { zh: '某处', en: 'somewhere' } });
  const far = incident('far', {
    building: 'B9',
    lon: 121.6,
    place: { zh: '松门镇 甘岙村冷库', en: 'Cold store' },
  });
  const of = heard({ what: 'smoke', building: 'B1', lon: 121.37, lat: 28.49, words: '甘岙那边冒烟' });
  const found = matchIncidents(of, [far, near, incident('same')]);
  expect(found.map((match) => match.incident)).toEqual(['same', 'near', 'far']);
  expect(found.map(({ reasons }) => reasons.map(({ zh }) => zh))).toEqual([
    ['同一建筑', '2 分钟前还在报警', '同类险情'],
    ['相距 100 米', '2 分钟前还在报警', '同类险情'],
    ['2 分钟前还在报警', '同类险情', '话中提到「甘岙」'],
  ]);
});

test('by words alone, in Chinese and in English, however they are written', () => {
  const open = incident('muyu');
  expect(ids(heard({ words: '牧屿１２ 号楼着火了' }), open)).toEqual(['muyu']);
  expect(ids(heard({ words: 'Smoke in MUYU!' }), open)).toEqual(['muyu']);
  expect(ids(heard({ words: '城北仓库' }), open)).toEqual([]);
});

test('recent and of the same hazard is no ground by itself: nothing far away is offered', () => {
  expect(ids(heard({ what: 'fire', lon: 121.6, lat: 28.3 }), incident('a'))).toEqual([]);
  expect(ids(heard({ what: 'fire' }), incident('a'))).toEqual([]);
});

test('the village that is named finds what lies in it; a drill finds its own', () => {
  expect(ids(heard({ area: '331081100203' }), incident('a'))).toEqual(['a']);
  expect(ids(heard({ area: '331081100204' }), incident('a'))).toEqual([]);
  expect(
    ids(heard({ building: 'B1', run: 'R1' }), incident('live'), incident('drill', { run: 'R1' })),
  ).toEqual(['drill']);
});

test('never more than five, in falling order of a score up to 100, the same however they are listed', () => {
  const some = fc.record({
    building: fc.constantFrom('B1', 'B2', null),
    lon: fc.double({ min: 121.365, max: 121.375, noNaN: true }),
    hazard: fc.constantFrom('fire', 'supply'),
    lastAlarmAt: fc.integer({ min: noon - 90 * minute, max: noon + minute }),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), (list) => {
      const open = list.map((more, i) => incident(`I-${i}`, more));
      const of = heard({ what: 'fire', building: 'B1', lon: 121.37, lat: 28.49, words: '牧屿' });
      const found = matchIncidents(of, open);
      expect(found).toEqual(matchIncidents(of, open.toReversed()));
      expect(found.length).toBeLessThanOrEqual(5);
      const scores = found.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score > 0 && score <= 100)).toBe(true);
    }),
  );
});
