import { drawsWithoutCard } from './graphics-card.ts';

/** Pictures a second: with a graphics card as many as a camera usually sends, without one as many as leave the map its time. */
const rates = { card: 15, none: 2 };

/**
 * One beat for all pictures on the screen, so that they are composed together, and as seldom as the machine needs: each
 * picture that paints itself in its own time composes the page once more.
 */
class PaintBeat {
  readonly #painters = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #rate: number | null = null;

  /** Calls `paint` at each beat until the returned function is called. */
  join(paint: () => void): () => void {
    this.#painters.add(paint);
    this.#rate ??= drawsWithoutCard() ? rates.none : rates.card;
    this.#timer ??= setInterval(() => {
      for (const painter of this.#painters) painter();
    }, 1_000 / this.#rate);
    return () => {
      this.#painters.delete(paint);
      if (this.#painters.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}

export const paintBeat = new PaintBeat();
