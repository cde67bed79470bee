import { expect, test } from 'vitest';
import { sampleTicket } from '../state/sample-records.ts';
import { townshipRows } from './township-rows.ts';

const place = (code: string, level: 'township' | 'village' = 'township') => ({
  ...{ code, level, name: { zh: code, en: code }, lon: 121, lat: 28 },
});
const due = (at: number) => ({ stage: 'accepted' as const, since: 0, yellowAt: 0, at, limitMs: 60_000 });

test('late before busy before the lowest index; villages and drills do not count', () => {
  const tickets = [
    sampleTicket({ id: 'T1', area: '331081102203-02', due: due(500) }),
    sampleTicket({ id: 'T2', area: '331081103203-02', due: due(5_000) }),
    sampleTicket({ id: 'T3', area: '331081100203-02', run: 'drill-1', due: due(1) }),
  ];
  const rows = townshipRows(
    {
      places: [
        ...['331081100', '331081101', '331081102', '331081103'].map((code) => place(code)),
        place('331081100203', 'village'),
      ],
      tickets: new Map(tickets.map((one) => [one.id, one])),
    },
    new Map(Object.entries({ '331081100': 91, '331081101': 84 })),
    1_000,
  );
  expect(rows.map(({ code, open, late, index }) => [code.slice(-3), open, late, index])).toEqual([
    ['102', 1, 1, null],
    ['103', 1, 0, null],
    ['101', 0, 0, 84],
    ['100', 0, 0, 91],
  ]);
});
