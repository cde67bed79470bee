import type { QuarantinePage } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../queryable.ts';

export interface QuarantineQuery {
  county: string;
  reason: string | null;
  /** Only older ones than this number; null for the newest. */
  before: number | null;
  limit: number;
}

/** Quarantined messages, newest first. */
export async function listQuarantine(
  db: Queryable,
  query: QuarantineQuery,
): Promise<QuarantinePage['messages']> {
  const { rows } = await db.query<QuarantinePage['messages'][number]>(
    `select no::float8 as no, (extract(epoch from received_at) * 1000)::float8 as at, reason, source, topic,
            translate(encode(bytes, 'base64'), E'\\n', '') as "bytesBase64", detail
     from fenghuo.quarantine
     where county = $1 and ($2::text is null or reason = $2) and ($3::bigint is null or no < $3)
     order by no desc limit $4`,
    [query.county, query.reason, query.before, query.limit],
  );
  return rows;
}
