/** Which places of a connection were acknowledged: a bit each, so 5 million take 600 KB. */
export class PlaceSet {
  #words = new Uint32Array(8);

  /** False when it was there already. */
  add(place: number): boolean {
    const word = place >>> 5;
    if (word >= this.#words.length) this.#grow(word + 1);
    const bit = 1 << (place & 31);
    if ((this.#words[word]! & bit) !== 0) return false;
    this.#words[word]! |= bit;
    return true;
  }

  has(place: number): boolean {
    const word = place >>> 5;
    return word < this.#words.length && (this.#words[word]! & (1 << (place & 31))) !== 0;
  }

  #grow(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.#words.length * 2));
    grown.set(this.#words);
    this.#words = grown;
  }
}
