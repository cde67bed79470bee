import type { MovingTeam } from '@fenghuo/contracts/positions.ts';
import type { Pulse } from '@fenghuo/contracts/push.ts';
import { create } from 'zustand';
import { type ClockOffset, noOffset } from '../feed/clock-offset.ts';
import { Feed, type FeedSink } from '../feed/feed.ts';
import type { FeedSigns, FeedStatus } from '../feed/freshness.ts';
import { deviceStateTable } from './device-state-table.ts';
import type { World } from './world.ts';

/** What every view is drawn from. Filled by the feed alone. */
export interface Station {
  world: World | null;
  pulse: Pulse | null;
  /** Teams on the move that share where they are. */
  teams: readonly MovingTeam[];
  status: FeedStatus;
  signs: FeedSigns;
  clock: ClockOffset;
  /** How often units, people or devices changed since this page began to follow. */
  directoryTurn: number;
  /** The server is of another version than this page. */
  incompatible: boolean;
}

export const useStation = create<Station>(() => ({
  world: null,
  pulse: null,
  teams: [],
  status: 'lost',
  signs: { connected: false, heardAt: null, writerLagMs: 0 },
  clock: noOffset,
  directoryTurn: 0,
  incompatible: false,
}));

function withWorld(before: Station, world: World): Partial<Station> {
  const turned = before.world !== null && before.world.directoryNo !== world.directoryNo;
  return { world, incompatible: false, directoryTurn: before.directoryTurn + Number(turned) };
}

/**
 * Keeps the station fed until the returned function is called. `refused`: the session may have ended. `states`: whether the
 * live state of every device is wanted, 210 kB for a county, which a phone shows nothing of.
 */
export function feedStation(refused: () => void, { states = true } = {}): () => void {
  const set = useStation.setState;
  const sink: FeedSink = {
    world: (world) => set((before) => withWorld(before, world)),
    pulse: (pulse) => set({ pulse }),
    teams: (teams) => set({ teams }),
    states: states ? (message) => deviceStateTable.take(message) : null,
    signs: (signs, clock) => set({ signs, clock }),
    status: (status) => {
      document.documentElement.dataset.feed = status;
      set({ status });
    },
    incompatible: (why) => {
      console.error(`not understood: ${why}`);
      set({ incompatible: true });
    },
    refused,
  };
  const feed = new Feed(sink);
  feed.start();
  return () => feed.stop();
}
