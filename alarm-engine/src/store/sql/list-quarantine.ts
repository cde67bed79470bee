import type { QuarantineFilter, QuarantineMessage } from '@fenghuo/contracts/quarantine.ts';
import { filterCondition, filterValues, messageColumns } from '../quarantine-filter.ts';
import type { Queryable } from '../queryable.ts';

export interface QuarantineQuery {
  county: string;
  filter: QuarantineFilter;
  /** Only older ones than this number; null for the newest. */
  before: number | null;
  limit: number;
}

/** Quarantined messages, newest first. */
export async function listQuarantine(db: Queryable, query: QuarantineQuery): Promise<QuarantineMessage[]> {
  const { rows } = await db.query<QuarantineMessage>(
    `select ${messageColumns} from fenghuo.quarantine
     where ${filterCondition} and ($8::bigint is null or no < $8) order by no desc limit $9`,
    [...filterValues(query.county, query.filter), query.before, query.limit],
  );
  return rows;
}
