import { z } from 'zod';

/**
 * Where teams are, while they are at a case and share it. Nothing decides by it, it is on no record, and it is forgotten
 * minutes after it was told. Below `/api/v1`, for people of the unit that holds the ticket or is called to it:
 *
 *     POST   /positions   {@link positionToTell} → 204; 404 when the ticket is not open, or not one of the asker's unit
 *     DELETE /positions   → 204; the asker shares no more
 *
 * Screens are told by `teams` of push.ts.
 */
export const positionToTell = z.object({
  /** The ticket that they are at: with its next holder this ends. */
  ticket: z.string().min(1).max(64),
  /** WGS-84, degrees. */
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyM: z.number().min(0).max(1e6),
  /** How long ago the phone was there, in ms: its own clock says nothing here. */
  ageMs: z.number().min(0).max(60_000).default(0),
});
export type PositionToTell = z.infer<typeof positionToTell>;

/** Somebody of a team on the move. Who it is in person is nobody's business at a wall. */
export const movingTeam = z.object({
  ticket: z.string(),
  incident: z.string(),
  /** Of the unit that holds the ticket. */
  name: z.object({ zh: z.string(), en: z.string() }),
  area: z.string(),
  lon: z.number(),
  lat: z.number(),
  accuracyM: z.number(),
  /** Server ms. */
  at: z.number(),
});
export type MovingTeam = z.infer<typeof movingTeam>;

/** All of the viewer's area. */
export const movingTeams = z.object({ teams: z.array(movingTeam) });
export type MovingTeams = z.infer<typeof movingTeams>;
