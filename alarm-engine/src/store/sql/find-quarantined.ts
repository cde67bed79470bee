import type { QuarantineMessage } from '@fenghuo/contracts/quarantine.ts';
import { messageColumns } from '../quarantine-filter.ts';
import type { Queryable } from '../queryable.ts';

/** One quarantined message, or null. */
export async function findQuarantined(
  db: Queryable,
  query: { county: string; no: number },
): Promise<QuarantineMessage | null> {
  const { rows } = await db.query<QuarantineMessage>(
    `select ${messageColumns} from fenghuo.quarantine where county = $1 and no = $2`,
    [query.county, query.no],
  );
  return rows[0] ?? null;
}
