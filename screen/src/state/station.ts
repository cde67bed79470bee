import type { MovingTeam } from '@fenghuo/contracts/positions.ts';
import type { Change, Presence, Pulse } from '@fenghuo/contracts/push.ts';
import type { OrderInForce, Showing, WallScreen } from '@fenghuo/contracts/wall-orders.ts';
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
  /** Who looks at which case now. */
  presence: Presence;
  /** Teams on the move that share where they are. */
  teams: readonly MovingTeam[];
  status: FeedStatus;
  signs: FeedSigns;
  clock: ClockOffset;
  /** How often units, people or devices changed since this page began to follow. */
  directoryTurn: number;
  /** What this wall was told to show, also what is over by now. */
  orders: readonly OrderInForce[];
  /** Walls that may be driven from here; null: none may, or nothing was heard yet. */
  walls: readonly WallScreen[] | null;
  /** The server is of another version than this page. */
  incompatible: boolean;
}

export const useStation = create<Station>(() => ({
  world: null,
  pulse: null,
  presence: { looking: [] },
  teams: [],
  status: 'lost',
  signs: { connected: false, heardAt: null, writerLagMs: 0 },
  clock: noOffset,
  directoryTurn: 0,
  orders: [],
  walls: null,
  incompatible: false,
}));

/** What changed in the world since it was told last; null: it is another one. */
type WorldStep = (world: World, changes: readonly Change[] | null) => void;
const steps = new Set<WorldStep>();

/** For what keeps itself up change by change, where comparing worlds would cost too much. Until the returned function is called. */
export function onWorldStep(step: WorldStep): () => void {
  steps.add(step);
  return () => steps.delete(step);
}

function withWorld(before: Station, world: World): Partial<Station> {
  const turned = before.world !== null && before.world.directoryNo !== world.directoryNo;
  return { world, incompatible: false, directoryTurn: before.directoryTurn + Number(turned) };
}

/** The feed that fills the station now. */
let fed: Feed | null = null;

/** Says what this screen shows: the wall, or (null) something else. */
export function tellShowing(showing: Showing): void {
  fed?.tellShowing(showing);
}

/**
 * Keeps the station fed until the returned function is called. `refused`: the session may have ended. `states`: whether the
 * live state of every device is wanted, 210 kB for a county, which a phone shows nothing of.
 */
export function feedStation(refused: () => void, { states = true } = {}): () => void {
  const set = useStation.setState;
  const sink: FeedSink = {
    world: (world, changes) => {
      for (const step of steps) step(world, changes);
      set((before) => withWorld(before, world));
    },
    pulse: (pulse) => set({ pulse }),
    presence: (presence) => set({ presence }),
    walls: ({ walls }) => set({ walls }),
    orders: ({ orders }) => set({ orders }),
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
  fed = feed;
  feed.start();
  return () => {
    feed.stop();
    fed = null;
  };
}

/** Tells the other desks which case is before whoever sits here; null: none. */
export function lookAt(incident: string | null): void {
  fed?.lookAt(incident);
}
