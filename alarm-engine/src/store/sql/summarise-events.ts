import type { Queryable } from '../queryable.ts';

/** Summarises the pages of events that are not yet, so that a stretch of time is found without reading its day. */
export async function summariseEvents(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ pages: number }>(`select fenghuo.summarise_events()::float8 as pages`);
  return rows[0]!.pages;
}
