import type { SparkplugMetric, SparkplugPayload } from './sparkplug-payload.ts';

/** Names by alias of one node or device, at most. */
const mostAliases = 20_000;

/** What is known of an edge node since its birth: which birth it was, its count, and the names that it gave. */
export class SparkplugNode {
  /** Of the birth; null when it named none. */
  bdSeq: number | null = null;
  #seq: number | null = null;
  /** By device; the node's own under ''. */
  readonly #aliases = new Map<string, Map<bigint, string>>();

  /** A birth of the node forgets everything of its last life; a birth of a device that of the device. */
  born(device: string, { metrics, seq }: SparkplugPayload): void {
    if (device === '') {
      this.#aliases.clear();
      this.bdSeq = bdSeqOf(metrics);
      this.#seq = seq;
    }
    const named = metrics
      .slice(0, mostAliases)
      .flatMap(({ alias, name }) => (alias === null || name === null ? [] : [[alias, name] as const]));
    this.#aliases.set(device, new Map(named));
  }

  /** The device died; what it named is void until its next birth. */
  died(device: string): void {
    this.#aliases.delete(device);
  }

  isBorn(device: string): boolean {
    return this.#aliases.has(device);
  }

  /** True when messages of the node are missing between the last one and this. One that comes again says nothing. */
  misses(seq: number | null, delayed: boolean): boolean {
    if (seq === null || this.#seq === seq) return false;
    const expected = this.#seq === null ? seq : (this.#seq + 1) & 0xff;
    if (delayed && seq !== expected) return false;
    this.#seq = seq;
    return seq !== expected;
  }

  /** Null: an alias that no birth has named. */
  nameOf(device: string, { name, alias }: SparkplugMetric): string | null {
    if (name !== null && name !== '') return name;
    return alias === null ? null : (this.#aliases.get(device)?.get(alias) ?? null);
  }
}

/** Which birth a death belongs to (clause 6.4.25). */
export function bdSeqOf(metrics: readonly SparkplugMetric[]): number | null {
  const value = metrics.find(({ name }) => name === 'bdSeq')?.value;
  return typeof value === 'number' ? value : null;
}
