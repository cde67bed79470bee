import { expect, test } from 'vitest';
import { foldedTitles, foldLow } from './folding.ts';
import { openIncidents } from './open-incidents.ts';
import { sampleFlood, sampleIncident, sampleSnapshot } from './sample-records.ts';
import { worldOf } from './world.ts';

const [zeguo, songmen] = ['331081100', '331081101'];
const water = { zh: '水位异常', en: 'Water level abnormal' };

const open = openIncidents(
  worldOf(
    sampleSnapshot({
      incidents: [
        sampleIncident({ id: 'high', area: `${zeguo}203-02` }),
        sampleIncident({ id: 'medium', severity: 'medium', area: `${zeguo}203-02` }),
        sampleIncident({ id: 'low', severity: 'low', area: `${zeguo}203-02`, title: water }),
        sampleIncident({ id: 'other low', severity: 'low', area: `${zeguo}204-01`, title: water }),
        sampleIncident({ id: 'low, sent to', severity: 'low', area: `${zeguo}203-02`, ticket: 'T1' }),
        sampleIncident({ id: 'low elsewhere', severity: 'low', area: `${songmen}207` }),
        sampleIncident({ id: 'low of a drill', severity: 'low', area: `${zeguo}203-02`, run: 'D1' }),
      ],
    }),
  ),
);
const ids = (list: readonly { incident: { id: string } }[]) => list.map(({ incident }) => incident.id).sort();

test('without a flood nothing is folded', () => {
  expect(foldLow(open, [])).toEqual({ shown: open, folded: [], floods: [] });
});

test('a township in flood folds its low ones that nobody was sent to; every graver one stays', () => {
  const { shown, folded } = foldLow(open, [sampleFlood({ id: 'F1', area: zeguo! })]);
  expect(ids(folded)).toEqual(['low', 'other low']);
  expect(ids(shown)).toEqual(['high', 'low elsewhere', 'low of a drill', 'low, sent to', 'medium']);
  expect(foldedTitles(folded)).toEqual([{ title: water, count: 2 }]);
});

test('the county in flood folds all; a drill’s flood folds the drill alone', () => {
  expect(ids(foldLow(open, [sampleFlood({ id: 'F1', area: '331081' })]).folded)).toEqual([
    'low',
    'low elsewhere',
    'other low',
  ]);
  expect(ids(foldLow(open, [sampleFlood({ id: 'F1', run: 'D1', area: zeguo! })]).folded)).toEqual([
    'low of a drill',
  ]);
});

test('the fullest room is named first, live before drills', () => {
  const floods = [
    sampleFlood({ id: 'drill', run: 'D1', rate: 900 }),
    sampleFlood({ id: 'calmer', rate: 12 }),
    sampleFlood({ id: 'fullest', rate: 80 }),
  ];
  expect(foldLow([], floods).floods.map(({ id }) => id)).toEqual(['fullest', 'calmer', 'drill']);
});
