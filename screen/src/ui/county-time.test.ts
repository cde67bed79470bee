import { expect, test } from 'vitest';
import { countyTime } from './county-time.ts';

const at = Date.UTC(2026, 10, 21, 19, 2, 7);

test('clock and date are the county\u2019s, on 24 hours and padded', () => {
  const time = countyTime('Asia/Shanghai', 'zh-CN');
  expect(time.clock(at)).toBe('03:02:07');
  expect(time.hourMinute(at)).toBe('03:02');
  expect(time.date(at)).toBe('11月22日 周日');
});

test('midnight is 00, in English too', () => {
  expect(countyTime('UTC', 'en').clock(Date.UTC(2026, 10, 22))).toBe('00:00:00');
  expect(countyTime('UTC', 'en').date(at)).toBe('Nov 21 Sat');
});
