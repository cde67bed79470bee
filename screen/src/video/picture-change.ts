/** Looks that are remembered: at two a second longer than a frozen encoder takes to repeat itself, shorter than a clip that begins anew. */
const remembered = 12;

/**
 * Tells a picture that was not seen a moment before. A frozen encoder sends one group of pictures again and again, so
 * that each differs a little from the one before, and none is new.
 */
export class PictureChange {
  readonly #seen: number[] = [];

  /** Whether the picture of this hash is new. */
  isNew(hash: number): boolean {
    const known = this.#seen.includes(hash);
    this.#seen.push(hash);
    if (this.#seen.length > remembered) this.#seen.shift();
    return !known;
  }
}
