import type { Queryable } from '../queryable.ts';

/** Under a name that is there it takes the other's place. False when the account has `most` already. */
export async function saveDeskView(
  db: Queryable,
  view: { account: string; name: string; query: string; most: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into fenghuo.desk_view (account, name, query)
     select $1, $2, $3
     where (select count(*) from fenghuo.desk_view where account = $1 and name <> $2) < $4
     on conflict (account, name) do update set query = excluded.query, saved_at = now()`,
    [view.account, view.name, view.query, view.most],
  );
  return rowCount === 1;
}
