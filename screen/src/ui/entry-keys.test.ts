import type { TimeLineEntry } from '@fenghuo/contracts/case.ts';
import { expect, test } from 'vitest';
import { entryKeys } from './entry-keys.ts';

const entry = (at: number, en: string): TimeLineEntry => ({
  ...{ at, by: 'chen', what: { zh: en, en }, late: false },
});

test('each entry has its own key, also when two say the same at once, and keeps it when others come after', () => {
  const early = [entry(1, 'smoke'), entry(1, 'smoke'), entry(1, 'heat'), entry(2, 'smoke')];
  const keys = entryKeys(early);
  expect(new Set(keys).size).toBe(4);
  expect(entryKeys([...early, entry(2, 'smoke')]).slice(0, 4)).toEqual(keys);
});
