import type { DeskView } from '@fenghuo/contracts/desk.ts';
import type { Queryable } from '../queryable.ts';

export async function listDeskViews(db: Queryable, account: string): Promise<DeskView[]> {
  const { rows } = await db.query<DeskView>(
    'select name, query from fenghuo.desk_view where account = $1 order by name',
    [account],
  );
  return rows;
}
