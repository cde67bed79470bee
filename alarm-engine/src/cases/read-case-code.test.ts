import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseCode } from '../tickets/case-code.ts';
import { readCaseCode } from './read-case-code.ts';

const code = caseCode({ prefix: 'WL', drill: false, day: '261122', serial: 37 });

test('lower case, spaces, no dashes, full width, long dashes: the one code that is meant', () => {
  const full = [...code]
    .map((c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0)))
    .join('');
  for (const typed of [
    code.toLowerCase(),
    ` ${code} `,
    code.replaceAll('-', ' '),
    code.replaceAll('-', ''),
    full,
  ])
    expect(readCaseCode(typed)).toEqual({ ok: true, code });
});

test('whatever the number is: what was made is read, and one wrong digit is told as misheard', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 99_999 }), fc.boolean(), (date, serial, drill) => {
      const day = date.toISOString().slice(2, 10).replaceAll('-', '');
      const made = caseCode({ prefix: 'WL', drill, day, serial });
      expect(readCaseCode(made.toLowerCase())).toEqual({ ok: true, code: made });
      const last = made.length - 3;
      const wrong = `${made.slice(0, last)}${(Number(made[last]) + 1) % 10}${made.slice(last + 1)}`;
      expect(readCaseCode(wrong)).toMatchObject({ message: { en: expect.stringContaining('misheard') } });
    }),
  );
});

test('what is no code, and a day that does not exist, are told by their names', () => {
  expect(readCaseCode('37')).toMatchObject({
    ok: false,
    message: { zh: expect.stringContaining('不是案件编码') },
  });
  expect(readCaseCode('WL-261322-0037-K')).toMatchObject({
    message: { en: expect.stringContaining('261322') },
  });
});
