import type { EventHistoryQuery, HistoryEvent } from '@fenghuo/contracts/history.ts';
import { eventKinds } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../store/queryable.ts';
import { listDeviceNumbers } from '../store/sql/list-device-numbers.ts';
import { type EventPlace, type EventSearch, type EventsWish, listEvents } from '../store/sql/list-events.ts';
import { readEventDensity, readEventsBegin } from '../store/sql/read-event-density.ts';
import { stretchBegin } from './next-stretch.ts';

export interface EventsAsked extends Omit<EventHistoryQuery, 'before' | 'limit' | 'area'> {
  county: string;
  areaPattern: string;
  before: EventPlace | null;
  limit: number;
  /** Ms. */
  now: number;
}

/** More devices than this are not looked up one by one. */
const fewDevices = 512;
/** Of so many, looking through all that is unusual is less work than looking through all of theirs. */
const fewerThanUnusual = 32;
/**
 * About so many events are looked through in one statement: 20,000 rows are 20 ms, 500,000 hold 5,000 unusual ones. The
 * first look is a tenth of that, which is enough where nearly all of them are wanted; the next ones four times as far.
 */
const eventsAtOnce: Record<Exclude<EventSearch, 'devices'>, number> = { order: 20_000, unusual: 500_000 };
/** A first look at one device goes a month back, at more of them less far. */
const deviceDays = 30;
/** A page that took so long is given as far as it is. Milliseconds. */
const patienceMs = 80;
const dayMs = 86_400_000;

/** What is searched for, by which way, down to where. */
interface Search {
  county: string;
  now: number;
  way: EventSearch;
  wish: EventsWish;
  earliest: number;
}

/**
 * A page of events, newest first, in bounded time: stretch after stretch of time downwards, each about as large as can
 * be looked through at once. `next` is null when there is nothing older.
 */
export async function findEvents(
  db: Queryable,
  asked: EventsAsked,
): Promise<{ events: HistoryEvent[]; next: EventPlace | null }> {
  const until = performance.now() + patienceMs;
  const search = await planSearch(db, asked);
  if (search === null) return { events: [], next: null };
  const events: HistoryEvent[] = [];
  let below = topOf(asked);
  for (let look = 0; below.time > search.earliest; look++) {
    const from = await beginOf(db, search, below.time, look);
    const limit = asked.limit - events.length;
    events.push(...(await listEvents(db, search.way, search.wish, { from, below, limit }, eventKinds)));
    const last = events.at(-1);
    if (events.length === asked.limit && last !== undefined) return { events, next: last };
    below = { time: from, no: 0 };
    if (performance.now() > until) return { events, next: from > search.earliest ? below : null };
  }
  return { events, next: null };
}

/** Null: there is no device of that kind of place in the viewer's area. */
async function planSearch(db: Queryable, asked: EventsAsked): Promise<Search | null> {
  const { county, areaPattern, device = null, building = null, kind = null, state = null, run = '' } = asked;
  const everywhere = areaPattern === '%' && device === null && building === null;
  const devices = everywhere ? null : await listDeviceNumbers(db, { county, areaPattern, device, building });
  if (devices?.length === 0) return null;
  const begin = await readEventsBegin(db, county);
  return {
    ...{ county, now: asked.now },
    way: chooseSearch(devices?.length ?? Infinity, state !== null && state !== 'normal'),
    wish: { kind, state, run, devices },
    earliest: Math.max(begin, asked.from ?? begin),
  };
}

/** By which way the fewest rows are touched. */
export function chooseSearch(devices: number, unusual: boolean): EventSearch {
  if (devices <= (unusual ? fewerThanUnusual : fewDevices)) return 'devices';
  return unusual ? 'unusual' : 'order';
}

function topOf({ before, to, now }: EventsAsked): EventPlace {
  const top = to ?? now + dayMs;
  return before !== null && before.time < top ? before : { time: top, no: 0 };
}

/** Where the next stretch begins. Each look goes farther back than the one before; nearly nothing lies ahead of now. */
async function beginOf(db: Queryable, search: Search, to: number, look: number): Promise<number> {
  const { county, way, wish, earliest, now } = search;
  const past = Math.min(to, now);
  if (way === 'devices')
    return Math.max(earliest, Math.floor(past - (deviceDays * dayMs * 8 ** look) / wish.devices!.length));
  const hours = 2 * 6 ** look;
  const densities = await readEventDensity(db, county, past, hours);
  const farthest = Math.max(earliest, past - hours * 3_600_000);
  const most = eventsAtOnce[way] * Math.min(1, 0.1 * 4 ** look);
  return stretchBegin(densities, { to: past, most, earliest: farthest });
}
