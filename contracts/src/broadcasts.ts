import { z } from 'zod';
import { unitLevels } from './words.ts';

/**
 * What a room says to all units of a level of the chain in an area 通播, and which of them have read it. Sent and read by
 * commands (`send-broadcast`, `read-broadcast`); screens follow its record, which counts.
 *
 *     GET  /broadcasts/mine   → {@link ownBroadcasts}: open ones that the caller's unit is to read, the newest first
 *     GET  /broadcasts/{id}   → {@link broadcastDetail}: each unit, and whether it has read it
 */
const time = z.number();
const words = z.object({ zh: z.string(), en: z.string() });

export const broadcastRecord = z.object({
  id: z.string(),
  /** Drill that it belongs to; null: it is real. */
  run: z.string().nullable(),
  /** The case that it is about; null: none. */
  incident: z.string().nullable(),
  caseCode: z.string().nullable(),
  level: z.enum(unitLevels),
  area: z.string(),
  /** The area, as it is said aloud. */
  place: words,
  text: z.string(),
  at: time,
  /** Account, and who that is. */
  by: z.string(),
  from: z.string(),
  /** Units that are to read it, and that have. */
  units: z.int(),
  read: z.int(),
  /** Ends by itself, a day after it was sent: who had not read it by then has not. */
  closedAt: time.nullable(),
  version: z.int(),
});
export type BroadcastRecord = z.infer<typeof broadcastRecord>;

/** One whole county's villages (661) fit; its grids do not, and are told by township. */
export const mostBroadcastUnits = 1000;

export const broadcastDetail = z.object({
  broadcast: broadcastRecord,
  /** Those that have not read it first. `told`: people on duty to whom it was delivered. */
  units: z.array(
    z.object({
      unit: z.string(),
      name: words,
      told: z.int(),
      /** `doneAt`: when it was read, where there was no network to say so at once. */
      read: z.object({ at: time, by: z.string(), doneAt: time.nullable() }).nullable(),
    }),
  ),
});
export type BroadcastDetail = z.infer<typeof broadcastDetail>;

export const ownBroadcasts = z.object({
  broadcasts: z.array(broadcastRecord.extend({ readAt: time.nullable() })),
});
export type OwnBroadcasts = z.infer<typeof ownBroadcasts>;
