import { expect, test } from 'vitest';
import type { Listed } from '../../state/open-list.ts';
import { sampleAlarm, sampleIncident, sampleTicket } from '../../state/sample-records.ts';
import { filterOf, isFiltering, readFilter } from './list-filter.ts';

const fire: Listed = {
  incident: sampleIncident({
    id: 'I1',
    area: '331081100203',
    ticket: 'T1',
    place: { zh: '泽国镇 锦园', en: 'Zeguo, Jinyuan' },
  }),
  ticket: sampleTicket({ id: 'T1', overdue: true }),
  alarms: [sampleAlarm({ id: 'A1', device: 'YG-77', kind: 'smoke', state: 'acknowledged' })],
  unacknowledged: false,
};
const leak: Listed = {
  incident: sampleIncident({ id: 'I2', area: '331081101', severity: 'low' }),
  ticket: null,
  alarms: [sampleAlarm({ id: 'A2', device: 'SW-1', kind: 'water' })],
  unacknowledged: true,
};

const shown = (query: string) =>
  [fire, leak].filter(filterOf(readFilter(new URLSearchParams(query)))).map(({ incident }) => incident.id);

test.each([
  ['', ['I1', 'I2']],
  ['area=331081100', ['I1']],
  ['kind=water', ['I2']],
  ['severity=low', ['I2']],
  ['state=unacknowledged', ['I2']],
  ['state=acknowledged', ['I1']],
  ['state=without-ticket', ['I2']],
  ['state=with-ticket', ['I1']],
  ['state=late', ['I1']],
  ['state=drill', []],
  ['severity=low&state=late', []],
])('%s shows %j', (query, ids) => {
  expect(shown(query)).toEqual(ids);
});

test('words are found in either language and in devices, all of them or none, whatever their case', () => {
  expect(shown('q=锦园')).toEqual(['I1']);
  expect(shown('q=jinyuan yg-77')).toEqual(['I1']);
  expect(shown('q=jinyuan sw-1')).toEqual([]);
});

test('what an address says that is no filter of ours shows everything', () => {
  const filter = readFilter(new URLSearchParams('severity=huge&kind=__proto__&state=x'));
  expect(isFiltering(filter)).toBe(false);
});
