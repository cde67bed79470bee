import type { Queryable } from '../queryable.ts';

/** The statements that drop a foreign key, or an index that serves no constraint, and make it again. */
export interface TableExtra {
  drop: string;
  make: string;
}

/** What can be taken off a table while it is filled. Nothing when it is not ours to change. */
export async function findTableExtras(database: Queryable, table: string): Promise<TableExtra[]> {
  const found = await database.query<TableExtra & Record<string, unknown>>(
    `with own as (
       select oid, oid::regclass as name from pg_class
       where oid = $1::regclass and pg_has_role(relowner, 'usage')
     )
     select format('alter table %s drop constraint %I', own.name, conname) as drop,
            format('alter table %s add constraint %I %s', own.name, conname, pg_get_constraintdef(c.oid)) as make
     from own join pg_constraint c on conrelid = own.oid and contype = 'f'
     union all
     select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
     from own join pg_index i on indrelid = own.oid
     where not exists (select from pg_constraint where conindid = indexrelid and conrelid = own.oid)`,
    [table],
  );
  return found.rows;
}
