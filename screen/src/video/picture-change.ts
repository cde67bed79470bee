/** Looks that are remembered: at two a second longer than a frozen encoder takes to repeat itself, shorter than a clip that begins anew. */
const remembered = 12;

/**
 * Tells a picture that was not seen a moment before. A frozen encoder sends one group of pictures again and again, so
 * that each differs a little from the one before, and none is new.
 */
export class PictureChange {
  readonly #seen: number[] = [];

  /** Whether these pixels are new. */
  isNew(pixels: Uint8ClampedArray): boolean {
    const hash = hashOf(pixels);
    const known = this.#seen.includes(hash);
    this.#seen.push(hash);
    if (this.#seen.length > remembered) this.#seen.shift();
    return !known;
  }
}

/** FNV-1a, 32 bits. Two pictures that collide are taken for one: once in four thousand million. */
function hashOf(pixels: Uint8ClampedArray): number {
  let hash = 0x811c9dc5;
  for (const value of pixels) hash = Math.imul(hash ^ value, 0x01000193);
  return hash;
}
