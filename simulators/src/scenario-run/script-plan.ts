import type { PlannedMessage } from '../flood/message-plan.ts';
import type { Publication } from '../scenario/script.ts';

export interface Lanes {
  /** Connections of the live world; those of the drill have the numbers after them. */
  live: number;
  drill: number;
}

/**
 * Which connection says what: a device belongs to one, so that its messages stay in order. What {@link read} gives as
 * `device` is the index of a publication.
 */
export class ScriptPlan {
  readonly #publications: readonly Publication[];
  readonly #places: Uint32Array[];
  readonly #connectionOf: Uint16Array;
  readonly #redeliverBelow: number;

  constructor(publications: readonly Publication[], lanes: Lanes, redeliver: number) {
    this.#publications = publications;
    this.#redeliverBelow = redeliver * 2 ** 32;
    this.#connectionOf = Uint16Array.from(publications, connectionChooser(lanes));
    const counts = new Uint32Array(lanes.live + lanes.drill);
    for (const connection of this.#connectionOf) counts[connection]! += 1;
    this.#places = Array.from(counts, (count) => new Uint32Array(count));
    const next = new Uint32Array(counts.length);
    for (const [i, connection] of this.#connectionOf.entries())
      this.#places[connection]![next[connection]!++] = i;
  }

  /** Connection of a publication. */
  connectionOf(publication: number): number {
    return this.#connectionOf[publication]!;
  }

  /** Index of the publication at a place; undefined behind the last. */
  publicationAt(connection: number, place: number): number | undefined {
    return this.#places[connection]![place];
  }

  read(connection: number, place: number, message: PlannedMessage): void {
    const publication = this.#places[connection]![place]!;
    const luck = Math.imul(publication + 1, 0x9e3779b1) >>> 0;
    message.device = publication;
    message.seq = publication;
    message.alarm = this.#publications[publication]!.expects === 'alarm';
    message.again = luck >= this.#redeliverBelow ? 'never' : (luck & 1) === 0 ? 'at-once' : 'after';
  }
}

function connectionChooser({ live, drill }: Lanes): (publication: Publication) => number {
  const numbers = new Map<string, number>();
  return (publication) => {
    const known = numbers.get(publication.device) ?? numbers.size;
    numbers.set(publication.device, known);
    return publication.drill ? live + (known % drill) : known % live;
  };
}
