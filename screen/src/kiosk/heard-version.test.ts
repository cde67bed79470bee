import { expect, test } from 'vitest';
import { heardVersion } from './heard-version.ts';

function heardInTurn(...versions: (string | null)[]): boolean[] {
  let held: string | null = null;
  return versions.map((heard) => {
    const next = heardVersion(held, heard);
    held = next.held;
    return next.reload;
  });
}

test('a → a → being built → a: it stays; → b: it loads itself anew', () => {
  expect(heardInTurn('a', 'a', null, 'a', 'b')).toEqual([false, false, false, false, true]);
  expect(heardInTurn(null, null, 'a')).toEqual([false, false, false]);
});
