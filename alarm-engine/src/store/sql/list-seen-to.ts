import type { Queryable } from '../queryable.ts';
import type { ToldSilence } from './list-silences.ts';

/** Silences that somebody resolved since, and those that stand again because the work was refused. */
export async function listSeenTo(
  client: Queryable,
  { county, since }: { county: string; since: number },
): Promise<ToldSilence[]> {
  const { rows } = await client.query<ToldSilence>(
    `select d.no as "deviceNo", u.doc ->> 'cause' as cause, (u.doc ->> 'openedAt')::float8 as "openedAt",
            (u.doc ->> 'closedAt')::float8 as "closedAt"
     from fenghuo.upkeep as u join fenghuo.device as d on d.id = u.device
     where u.county = $1 and u.kind = 'silent' and u.run is null
       and ((u.closed_at is null and u.doc -> 'returns' <> '[]')
            or (u.closed_at > to_timestamp($2::float8 / 1000) and u.doc -> 'resolved' <> 'null'))`,
    [county, since],
  );
  return rows;
}
