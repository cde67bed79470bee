import { expect, test } from 'vitest';
import { LastOf } from './last-of.ts';

test('a third name of two → the one set longest ago is forgotten; set again, a name is new', () => {
  const last = new LastOf<number>(2);
  last.set('a', 1);
  last.set('b', 2);
  last.set('a', 3);
  last.set('c', 4);
  expect(['a', 'b', 'c'].map((name) => last.get(name))).toEqual([3, undefined, 4]);
});
