import type { Words } from '@fenghuo/contracts/words.ts';
import { isCaseCode } from '../tickets/case-code.ts';

/** A code as it is kept, or what is wrong with what was typed. */
export type ReadCaseCode = { ok: true; code: string } | { ok: false; message: Words };

const parts = /^(D?)([A-Z]{2})(\d{6})(\d{4,})([0-9A-Z])$/;

/**
 * Reads a case code as people type it: lower case, full-width letters of a Chinese keyboard, spaces and dashes anywhere
 * or nowhere. What cannot be one is refused with what is wrong with it: its form, its day, or a character that was misheard.
 */
export function readCaseCode(typed: string): ReadCaseCode {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}_.·]/gu, '');
  const [, drill, prefix, day, serial, check] = parts.exec(bare) ?? [];
  if (prefix === undefined) return { ok: false, message: notOne(typed) };
  if (!isDay(day!)) return { ok: false, message: noSuchDay(day!) };
  const code = `${drill}${prefix}-${day}-${serial}-${check}`;
  return isCaseCode(code) ? { ok: true, code } : { ok: false, message: misheard(code) };
}

function isDay(day: string): boolean {
  const [year, month, date] = [day.slice(0, 2), day.slice(2, 4), day.slice(4)].map(Number);
  const at = new Date(Date.UTC(2000 + year!, month! - 1, date));
  return at.getUTCMonth() === month! - 1 && at.getUTCDate() === date;
}

const notOne = (typed: string): Words => ({
  zh: `“${typed.slice(0, 40)}”不是案件编码：应为县代码、年月日、序号和校验字符，如 WL-261122-0037-K`,
  en: `“${typed.slice(0, 40)}” is no case code: county, day, serial and check character, such as WL-261122-0037-K`,
});
const noSuchDay = (day: string): Words => ({
  zh: `案件编码中的日期 ${day} 不存在`,
  en: `the day ${day} in the case code does not exist`,
});
const misheard = (code: string): Words => ({
  zh: `${code} 的校验字符不符：有一位听错或输错，请核对`,
  en: `the check character of ${code} does not fit: one character was misheard or mistyped`,
});
