import { InvalidArgumentError } from 'commander';

/** A time with its offset, such as 2026-03-01T08:00+08:00, in milliseconds since 1970. */
export function timeWithOffset(text: string): number {
  const ms = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('a time with its offset, such as 2026-03-01T08:00+08:00');
  return ms;
}

export function areaCode(text: string): string {
  if (/^\d{6,12}(-\d{2,3})?$/.test(text)) return text;
  throw new InvalidArgumentError('the code of an area, such as 331081100');
}
