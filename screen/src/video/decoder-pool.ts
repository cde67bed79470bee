import { useEffect, useSyncExternalStore } from 'react';
import { type DecoderWish, decodersOf, shareDecoders } from './decoder-share.ts';

/** The decoders of this screen, shared by all tiles on it. */
class DecoderPool {
  readonly #decoders = decodersOf(navigator.hardwareConcurrency);
  readonly #wishes = new Map<string, DecoderWish>();
  readonly #listeners = new Set<() => void>();
  #shared: ReadonlySet<string> = new Set();

  get size(): number {
    return this.#decoders;
  }

  ask(wish: DecoderWish): void {
    this.#wishes.set(wish.id, wish);
    this.#share();
  }

  giveBack(id: string): void {
    if (this.#wishes.delete(id)) this.#share();
  }

  has(id: string): boolean {
    return this.#shared.has(id);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #share(): void {
    this.#shared = shareDecoders([...this.#wishes.values()], this.#decoders);
    for (const listener of this.#listeners) listener();
  }
}

const pool = new DecoderPool();

/** How many pictures this screen shows at once. */
export const decodersHere = pool.size;

const subscribe = (listener: () => void) => pool.subscribe(listener);

/** Whether a tile has a decoder; it wants one for as long as it has an area. */
export function useDecoder(id: string, area: number): boolean {
  useEffect(() => {
    if (area > 0) pool.ask({ id, area });
  }, [id, area]);
  useEffect(() => () => pool.giveBack(id), [id]);
  return useSyncExternalStore(subscribe, () => pool.has(id));
}
