import { z } from 'zod';
import { alarmRecord } from './records.ts';

/**
 * What a desk asks for beside the socket.
 *
 *     GET    /alarm-lines         → {@link alarmLinePage} of ?after={next}&limit=: every open alarm of the area, by id
 *     GET    /desk-views          → {@link deskViews} of the account
 *     PUT    /desk-views/{name}   {@link deskViewToSave} → {@link deskViews}
 *     DELETE /desk-views/{name}   → {@link deskViews}
 *
 * An alarm as a line of the list: what is shown and filtered. An `AlarmRecord` is one, too.
 */
export const alarmLine = alarmRecord.pick({
  id: true,
  run: true,
  device: true,
  kind: true,
  area: true,
  floor: true,
  room: true,
  severity: true,
  title: true,
  state: true,
  raisedAt: true,
  incident: true,
  version: true,
});
export type AlarmLine = z.infer<typeof alarmLine>;

export const alarmLinePage = z.object({ lines: z.array(alarmLine), next: z.string().nullable() });
export type AlarmLinePage = z.infer<typeof alarmLinePage>;

/** A way to look at the list that somebody gave a name to. */
export const deskView = z.object({
  name: z.string(),
  /** Filters as the address of the desk has them, such as `severity=high&state=unacknowledged`. */
  query: z.string(),
});
export type DeskView = z.infer<typeof deskView>;

/** By name. */
export const deskViews = z.object({ views: z.array(deskView) });
export type DeskViews = z.infer<typeof deskViews>;

export const deskViewToSave = z.strictObject({ query: z.string().max(500) });

/** Views of an account, at most. */
export const mostDeskViews = 50;
