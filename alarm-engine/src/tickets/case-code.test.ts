import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseCode, isCaseCode } from './case-code.ts';

const caseNumber = fc.record({
  prefix: fc.constantFrom('WL', 'TZ', 'HC'),
  drill: fc.boolean(),
  day: fc.constantFrom('261122', '000101', '991231'),
  serial: fc.integer({ min: 1, max: 99_999 }),
});

test('reads as it is spoken', () => {
  expect(caseCode({ prefix: 'WL', drill: false, day: '261122', serial: 37 })).toMatch(
    /^WL-261122-0037-[0-9A-Z]$/,
  );
  expect(caseCode({ prefix: 'WL', drill: true, day: '261122', serial: 1 })).toMatch(
    /^DWL-261122-0001-[0-9A-Z]$/,
  );
});

test('every code is whole, and one wrong digit is told', () => {
  fc.assert(
    fc.property(caseNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const code = caseCode(number);
      expect(isCaseCode(code)).toBe(true);
      const digits = [...code]
        .map((c, i) => (/\d/.test(c) && i < code.length - 1 ? i : -1))
        .filter((i) => i >= 0);
      const i = digits[at % digits.length]!;
      const wrong = `${code.slice(0, i)}${(Number(code[i]) + by) % 10}${code.slice(i + 1)}`;
      expect(isCaseCode(wrong)).toBe(false);
    }),
  );
});

test('of 9,000 exchanges of neighbouring digits, 97 in 100 are told', () => {
  let exchanged = 0;
  let told = 0;
  for (let serial = 1; serial <= 3000; serial += 1) {
    const code = caseCode({ prefix: 'WL', drill: false, day: '261122', serial });
    for (let i = 10; i < 13; i += 1) {
      if (code[i] === code[i + 1]) continue;
      exchanged += 1;
      if (!isCaseCode(`${code.slice(0, i)}${code[i + 1]}${code[i]}${code.slice(i + 2)}`)) told += 1;
    }
  }
  expect(told / exchanged).toBeGreaterThan(0.97);
});
