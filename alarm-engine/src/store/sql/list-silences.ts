import type { SilenceCause } from '@fenghuo/gateway/liveness/supervision.ts';
import type { Queryable } from '../queryable.ts';

/** A silence that was told: when (ms since 1970), why, and when it ended; null: it stands. */
export interface ToldSilence {
  deviceNo: number;
  cause: SilenceCause;
  openedAt: number;
  closedAt: number | null;
}

/** Silences that stand, and those that ended after `since`. */
export async function listSilences(
  client: Queryable,
  { county, since }: { county: string; since: number },
): Promise<ToldSilence[]> {
  const { rows } = await client.query<ToldSilence>(
    `select d.no as "deviceNo", u.doc ->> 'cause' as cause, (u.doc ->> 'openedAt')::float8 as "openedAt",
            (u.doc ->> 'closedAt')::float8 as "closedAt"
     from fenghuo.upkeep as u join fenghuo.device as d on d.id = u.device
     where u.county = $1 and u.doc ->> 'kind' = 'silent'
       and (u.closed_at is null or u.closed_at > to_timestamp($2::float8 / 1000))`,
    [county, since],
  );
  return rows;
}
