import type { DeviceType } from '@fenghuo/contracts/words.ts';

const minutes = 60_000;
const hours = 60 * minutes;

/** A battery device that reports once a day may miss one report; the second makes it silent. */
const daily = 50 * hours;
/** What is on mains and on the network beats every ten minutes at the slowest; three beats missed make it silent. */
const beating = 30 * minutes;

/**
 * How long a device of each type may be unheard, in ms; 0: it is not supervised. At least two of its intervals
 * and a margin: {@link quietShare} counts on it. On a radio link of its own a fire system tells the loss within
 * 300 s (EN 54-25), which a concentrator does with a `fault` of its own; these times are the last line, for a
 * county where a battery detector speaks once a day (NB-IoT, to live on its battery for years) and everything
 * else every ten minutes. A type that nobody registered is waited for by nobody.
 */
export const supervisionTimes: Readonly<Record<DeviceType, number>> = {
  smoke: daily,
  heat: daily,
  co: daily,
  gas: daily,
  water: daily,
  current: daily,
  pressure: daily,
  manual: daily,
  camera: beating,
  concentrator: beating,
  unknown: 0,
};

/**
 * A device is quiet at this share of its supervision time. When a link dies and the first device behind it falls
 * silent, all the others have been unheard for at least their time less one interval, which is more; those behind
 * a link that lives have been heard within one interval, which is less.
 */
export const quietShare = 1 / 2;

/** A link is down when so many of the devices behind it are quiet at once, and it has at least {@link fewest}. */
export const downShare = 0.8;
export const fewest = 3;
