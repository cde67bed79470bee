/** Steps in each power of two: a value is told to within 1.6 %. */
const steps = 64;
const stepBits = 6;
/** Longer ones count as this: 35 minutes. Microseconds. */
const longest = 2 ** 31 - 1;

/**
 * How long things took, in fixed memory (13 KB) and about 5 ns a value, however many there are: buckets that
 * grow with the value, as HdrHistogram has them. Microseconds in, milliseconds out.
 */
export class LatencyHistogram {
  readonly #buckets = new Float64Array((31 - stepBits + 1) * steps);
  #count = 0;
  #largest = 0;

  get count(): number {
    return this.#count;
  }

  record(microseconds: number): void {
    const value = Math.max(0, Math.min(longest, Math.round(microseconds)));
    this.#buckets[bucketOf(value)]! += 1;
    this.#count++;
    if (value > this.#largest) this.#largest = value;
  }

  /** The value that this part of all does not exceed, in ms; 0 when there is none. `part`: 0 to 1. */
  quantileMs(part: number): number {
    const wanted = Math.max(1, Math.ceil(part * this.#count));
    let seen = 0;
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      seen += this.#buckets[bucket]!;
      if (seen >= wanted) return Math.min(topOf(bucket), this.#largest) / 1000;
    }
    return this.#largest / 1000;
  }
}

function bucketOf(value: number): number {
  if (value < steps) return value;
  const power = 31 - Math.clz32(value) - stepBits;
  return (power + 1) * steps + (value >>> power) - steps;
}

/** The largest value of a bucket. */
function topOf(bucket: number): number {
  if (bucket < steps) return bucket;
  const power = Math.floor(bucket / steps) - 1;
  return ((bucket % steps) + steps + 1) * 2 ** power - 1;
}
