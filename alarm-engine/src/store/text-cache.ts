const slots = 512;

/**
 * Texts that come again and again, by their UTF-8 bytes as they lie in a row: no text is made for one that was seen
 * before. 30 ns for a kind of event, where a conversion takes 120.
 */
export class TextCache {
  readonly #bytes: (Buffer | undefined)[] = new Array(slots);
  readonly #texts: string[] = new Array(slots).fill('');

  read(bytes: Buffer, start: number, end: number): string {
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    const slot = (hash ^ (hash >>> 9)) & (slots - 1);
    const known = this.#bytes[slot];
    if (known !== undefined && isSame(known, bytes, start, end)) return this.#texts[slot]!;
    const text = bytes.toString('utf8', start, end);
    this.#bytes[slot] = Buffer.from(bytes.subarray(start, end));
    this.#texts[slot] = text;
    return text;
  }
}

function isSame(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
