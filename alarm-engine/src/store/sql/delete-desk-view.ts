import type { Queryable } from '../queryable.ts';

export async function deleteDeskView(db: Queryable, view: { account: string; name: string }): Promise<void> {
  await db.query('delete from fenghuo.desk_view where account = $1 and name = $2', [view.account, view.name]);
}
