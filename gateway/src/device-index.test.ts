import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeviceIndex } from './device-index.ts';

const id = fc.oneof(
  fc.stringMatching(/^[0-9A-Za-z._:-]{1,12}$/),
  fc.constantFrom('烟感-1', '烟感-2', 'é', 'e', 'Ã©'),
);

test('finds what was added, by text and by bytes, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 3000 }), fc.array(id), (ids, others) => {
      const index = new DeviceIndex();
      for (const [no, one] of ids.entries()) expect(index.add(one)).toBe(no);
      expect(index.size).toBe(ids.length);
      for (const one of [...ids, ...others]) {
        const no = ids.indexOf(one);
        expect(index.numberOf(one)).toBe(no);
        const bytes = Buffer.from(`/${one}/`);
        const isAscii = /^[\0-\x7f]*$/.test(one);
        expect(index.find(bytes, 1, bytes.length - 1)).toBe(isAscii ? no : -1);
      }
    }),
    { numRuns: 30 },
  );
});

test('a county of 212,000', () => {
  const index = new DeviceIndex();
  for (let no = 0; no < 212_000; no++) index.add(`331081001-S-${String(no).padStart(6, '0')}`);
  for (let no = 0; no < 212_000; no += 997) {
    expect(index.idOf(no)).toBe(`331081001-S-${String(no).padStart(6, '0')}`);
    expect(index.numberOf(index.idOf(no)!)).toBe(no);
  }
  expect(index.numberOf('331081001-S-212000')).toBe(-1);
});
