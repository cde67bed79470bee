import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftTimes } from './shift-times.ts';

const noon = Date.UTC(2026, 2, 1, 4);
const hour = 3_600_000;
const shifted = (text: string) => shiftTimes(Buffer.from(text), noon, (ms) => ms + hour).toString();

test.each([
  ['native', `{"ts":${noon},"kind":"smoke"}`, `{"ts":${noon + hour},"kind":"smoke"}`],
  ['native by text', '{"ts":"2026-03-01T12:00:00+08:00"}', '{"ts":"2026-03-01T05:00:00.000Z"}'],
  [
    'Frigate',
    `{"after":{"id":"${noon / 1000}.5-ab","start_time":${noon / 1000}.5,"end_time":null}}`,
    `{"after":{"id":"${noon / 1000}.5-ab","start_time":${(noon + hour) / 1000}.5,"end_time":null}}`,
  ],
  [
    'ONVIF',
    '{"UtcTime":"2026-03-01T03:59:59Z","Data":{}}',
    '{"UtcTime":"2026-03-01T04:59:59.000Z","Data":{}}',
  ],
  ['in a list, spaced', `[ ${noon} , 2 ]`, `[ ${noon + hour} , 2 ]`],
  ['a counter', `{"seq":${noon}}`, `{"seq":${noon}}`],
  [
    'another year',
    '{"ts":"2020-03-01T04:00:00Z","n":1583035200000}',
    '{"ts":"2020-03-01T04:00:00Z","n":1583035200000}',
  ],
  ['a number too long to be one', `{"eui":${noon}123}`, `{"eui":${noon}123}`],
  ['a text that holds one', `{"note":"at ${noon}"}`, `{"note":"at ${noon}"}`],
  ['no JSON', `ON ${noon}`, `ON ${noon}`],
])('%s', (_, text, wanted) => expect(shifted(text)).toBe(wanted));

test('JSON stays JSON, and without a time it stays as it is, byte for byte', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(shifted(`[${text}]`))).toEqual(JSON.parse(`[${text}]`));
      expect(shifted(`[${text}]`)).toBe(`[${text}]`);
    }),
  );
});
