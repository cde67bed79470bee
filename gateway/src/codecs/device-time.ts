/** A device time as stored: whole milliseconds, and the digits below them, which only tell twins apart. */
export interface DeviceTime {
  ms: number;
  finer: string;
}

/** First and last moment that a device may name, years 1 to 9999: what the database's calendar can hold. */
const earliestMs = -62_135_596_800_000;
const latestMs = 253_402_300_799_999;

const dayMs = 86_400_000;
const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the contract's `ts`, which has passed its schema: RFC 3339 with an offset, or ms since 1970. Null
 * when it lies outside the calendar that can be stored.
 */
export function readDeviceTime(ts: string | number): DeviceTime | null {
  const time = typeof ts === 'number' ? fromNumber(ts) : fromText(ts);
  return time.ms >= earliestMs && time.ms <= latestMs ? time : null;
}

function fromNumber(ts: number): DeviceTime {
  const ms = Math.floor(ts);
  return { ms, finer: ms === ts ? '' : String(ts - ms) };
}

function fromText(ts: string): DeviceTime {
  const fraction = shape.exec(ts)?.[1] ?? '';
  const finer = fraction.length > 3 ? fraction.slice(3).replace(/0+$/, '') : '';
  return { ms: Date.parse(ts), finer };
}

const digits = (text: string, from: number, count: number): number => {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/**
 * Milliseconds of the everyday spelling `2026-08-01T12:00:00[.mmm](Z|±hh:mm)`, days 1 to 28 of a month, since
 * 1970; NaN for any other, which may be right or wrong: {@link readDeviceTime} and the schema decide then.
 * 110 ns, where the schema's pattern and `Date.parse` take 700.
 */
export function everydayTimeMs(text: string): number {
  const { length } = text;
  const zoneAt = text.charCodeAt(length - 1) === 90 ? length - 1 : length - 6;
  if (zoneAt !== 19 && zoneAt !== 23) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const punctuated =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58;
  const inRange =
    year >= 1970 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!punctuated || !inRange) return Number.NaN;
  const fraction = zoneAt === 23 ? (text.charCodeAt(19) === 46 ? digits(text, 20, 3) : Number.NaN) : 0;
  const timeOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  return daysSince1970(year, month, day) * dayMs + timeOfDay - zoneOffsetMs(text, zoneAt);
}

/** Days from 1970-01-01 in the Gregorian calendar; the year begins in March, so the leap day ends it. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

function zoneOffsetMs(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 90) return 0;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  const right = (sign === 43 || sign === 45) && text.charCodeAt(at + 3) === 58 && hours < 24 && minutes < 60;
  if (!right) return Number.NaN;
  return (sign === 43 ? 1 : -1) * (hours * 60 + minutes) * 60_000;
}
