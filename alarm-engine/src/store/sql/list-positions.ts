import type { MovingTeam } from '@fenghuo/contracts/positions.ts';
import type { Reachable } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';

export type PlacedTeam = MovingTeam & Reachable;

/** Everybody who shares where they are, as far as it counts still; what is older than `since` is forgotten. */
export async function listPositions(
  db: Queryable,
  { county, since }: { county: string; since: Date },
): Promise<PlacedTeam[]> {
  await db.query('delete from fenghuo.team_position where county = $1 and at < $2', [county, since]);
  const { rows } = await db.query<PlacedTeam>(
    `select p.ticket, t.incident, t.doc -> 'holderName' as name, coalesce(t.area, '') as area, t.units, p.lon, p.lat,
            p.accuracy as "accuracyM", extract(epoch from p.at)::float8 * 1000 as at
     from fenghuo.team_position p
     join fenghuo.ticket t on t.id = p.ticket and t.closed_at is null and t.holder = p.holder
     where p.county = $1
     order by p.account`,
    [county],
  );
  return rows;
}
