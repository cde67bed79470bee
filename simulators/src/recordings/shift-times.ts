/** A time as it was said, onto the time that it is to be. Milliseconds since 1970. */
export type MoveTime = (ms: number) => number;

const dayMs = 86_400_000;
/** What lies so far around the message is taken for one of its times, and nothing else: a number may be anything. */
const [before, after] = [2 * dayMs, dayMs];

const rfc3339 = /"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))"/g;
/** Seconds or milliseconds since 1970, alone as a JSON value; a counter is none. */
const epoch = /("(?:seq|id|fcnt|fCnt)"\s*:\s*)?(?<=[[:,\s]|^)(\d{10}(?:\.\d+)?|\d{13})(?=\s*[,}\]]|$)/g;

/**
 * A JSON payload with its times moved, in the notation in which they stood; everything else stays byte for byte. What
 * is no JSON comes back as it is.
 */
export function shiftTimes(payload: Buffer, at: number, move: MoveTime): Buffer {
  const first = payload[0];
  if (first !== 0x7b && first !== 0x5b) return payload;
  const isNear = (ms: number) => ms >= at - before && ms <= at + after;
  const text = payload.toString('utf8');
  const moved = text
    .replace(rfc3339, (all, time: string) => {
      const ms = Date.parse(time);
      return isNear(ms) ? `"${new Date(move(ms)).toISOString()}"` : all;
    })
    .replace(epoch, (all, counter: string | undefined, number: string) => {
      if (counter !== undefined) return all;
      const ms = number.length === 13 ? Number(number) : Number(number) * 1000;
      if (!isNear(ms)) return all;
      return number.length === 13 ? String(Math.round(move(ms))) : String(Math.round(move(ms)) / 1000);
    });
  return moved === text ? payload : Buffer.from(moved, 'utf8');
}
