import { alarmLinePage } from '@fenghuo/contracts/desk.ts';
import type { Severity } from '@fenghuo/contracts/words.ts';
import { useEffect, useSyncExternalStore } from 'react';
import { request } from '../../feed/request.ts';
import { OpenList } from '../../state/open-list.ts';
import { onWorldStep, useStation } from '../../state/station.ts';
import type { World } from '../../state/world.ts';
import { callIn } from '../sound/beeps.ts';

/** Lines a page: one is parsed within a frame. */
const pageLines = 2000;
/** After a page that did not come, the next try, ms. */
const retryMs = 2000;

/**
 * The open list of the station while a desk looks at it. A snapshot brings the gravest alarms; the others are read page by
 * page behind it, while the tail already runs. Another snapshot begins all of it anew.
 */
class FollowedList {
  readonly list = new OpenList();
  /** Somebody is called: how gravely. */
  onCall: (severity: Severity) => void = () => {};
  readonly #listeners = new Set<() => void>();
  #load: AbortController | null = null;
  #isWhole = true;

  /** False while alarms that the snapshot left out are still on their way. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  start(): () => void {
    const leave = onWorldStep((world, changes) => {
      const call = changes === null ? null : callIn(changes, (id) => this.list.alarm(id));
      if (changes === null) this.#begin(world);
      else this.list.apply(changes);
      if (call !== null) this.onCall(call);
      this.#tell();
    });
    const { world } = useStation.getState();
    if (world !== null) this.#begin(world);
    this.#tell();
    return () => {
      leave();
      this.#load?.abort();
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #begin(world: World): void {
    this.#load?.abort();
    this.#load = new AbortController();
    this.list.take(world);
    this.#isWhole = world.alarmsLeftOut === 0;
    if (!this.#isWhole) void this.#readOthers(this.#load.signal);
  }

  async #readOthers(until: AbortSignal): Promise<void> {
    for (let after: string | null = ''; after !== null; ) {
      const path: string = `/alarm-lines?limit=${pageLines}${after && `&after=${encodeURIComponent(after)}`}`;
      const page = await request({ method: 'GET', path, answer: alarmLinePage });
      if (until.aborted) return;
      if (!page.ok) {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
        continue;
      }
      this.list.fill(page.body.lines);
      after = page.body.next;
      this.#isWhole = after === null;
      this.#tell();
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const followedList = new FollowedList();

/** Follows the station while the caller is shown. */
export function useFollowing(): void {
  useEffect(() => followedList.start(), []);
}

/** The list, drawn anew with each of its turns; `turn` is what results of it are remembered by. */
export function useOpenList(): { list: OpenList; turn: number; isWhole: boolean } {
  const { subscribe, list } = followedList;
  const turn = useSyncExternalStore(subscribe, () => list.turn);
  const isWhole = useSyncExternalStore(subscribe, () => followedList.isWhole);
  return { list, turn, isWhole };
}
