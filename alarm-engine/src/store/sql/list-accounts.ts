import type { AccountLine } from '@fenghuo/contracts/accounts.ts';
import type { Queryable } from '../queryable.ts';

/** Accounts by name, those that may sign in first; or the one of a name. Hashes are not read. */
export async function listAccounts(
  db: Queryable,
  query: { county: string; name: string | null },
): Promise<AccountLine[]> {
  const { rows } = await db.query<AccountLine>(
    `select a.name, a.display_name as "displayName", a.role, a.area, a.unit, a.disabled,
            case when a.locked_until > now()
              then (extract(epoch from a.locked_until) * 1000)::float8 end as "lockedUntil",
            a.identity is not null as vouched,
            (extract(epoch from a.created_at) * 1000)::float8 as "createdAt",
            (select (extract(epoch from max(last_used_at)) * 1000)::float8
             from fenghuo.session where account = a.name) as "lastUsedAt"
     from fenghuo.account a
     where a.county = $1 and a.name = coalesce($2, a.name)
     order by a.disabled, a.name`,
    [query.county, query.name],
  );
  return rows;
}
