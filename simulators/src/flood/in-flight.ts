/**
 * The messages of one connection that are not settled: a slot each, and a slot's number + 1 is its packet id. All
 * in typed arrays, made once: nothing is allocated for a message.
 */
export class InFlight {
  readonly #places: Float64Array;
  readonly #intended: Float64Array;
  /** PUBACKs still to come; 0: the slot is free. A message that was sent twice at once is owed two. */
  readonly #owed: Uint8Array;
  /** 1: it was acknowledged. */
  readonly #told: Uint8Array;
  readonly #free: Uint16Array;
  #freeCount: number;

  constructor(window: number) {
    this.#places = new Float64Array(window);
    this.#intended = new Float64Array(window);
    this.#owed = new Uint8Array(window);
    this.#told = new Uint8Array(window);
    this.#free = Uint16Array.from({ length: window }, (_, i) => window - 1 - i);
    this.#freeCount = window;
  }

  get size(): number {
    return this.#places.length - this.#freeCount;
  }

  get hasRoom(): boolean {
    return this.#freeCount > 0;
  }

  placeOf(slot: number): number {
    return this.#places[slot]!;
  }

  intendedAt(slot: number): number {
    return this.#intended[slot]!;
  }

  /** Takes a slot; there must be room. */
  begin(place: number, intendedAt: number): number {
    const slot = this.#free[--this.#freeCount]!;
    this.#places[slot] = place;
    this.#intended[slot] = intendedAt;
    this.#owed[slot] = 1;
    this.#told[slot] = 0;
    return slot;
  }

  /** The message of a slot was sent once more: one PUBACK more will come. */
  oweOneMore(slot: number): void {
    this.#owed[slot]! += 1;
  }

  /** A PUBACK came. `again`: the message was acknowledged before. `stray`: none was due. */
  answered(slot: number): 'first' | 'again' | 'stray' {
    if (slot < 0 || slot >= this.#owed.length || this.#owed[slot] === 0) return 'stray';
    this.#owed[slot]! -= 1;
    const first = this.#told[slot] === 0;
    this.#told[slot] = 1;
    return first ? 'first' : 'again';
  }

  /** Frees a slot to which no PUBACK is owed any more. */
  settle(slot: number): void {
    if (this.#owed[slot] === 0) this.#free[this.#freeCount++] = slot;
  }

  /**
   * The connection is gone, and every PUBACK with it. Frees what was acknowledged; gives the slots of the rest,
   * in the order of sending (MQTT-4.6.0-1), each owed one PUBACK again.
   */
  takeUnanswered(): number[] {
    const unanswered: number[] = [];
    for (let slot = 0; slot < this.#owed.length; slot++) {
      if (this.#owed[slot] === 0) continue;
      if (this.#told[slot] === 1) {
        this.#owed[slot] = 0;
        this.settle(slot);
      } else {
        this.#owed[slot] = 1;
        unanswered.push(slot);
      }
    }
    return unanswered.sort((a, b) => this.#places[a]! - this.#places[b]!);
  }
}
