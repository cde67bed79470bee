import type { ClientBase } from 'pg';

/** What makes a commit survive a power cut, as a session of the server's own role finds it. */
export interface Durability {
  fsync: string;
  synchronousCommit: string;
  fullPageWrites: string;
  /** Tables of the house that a crash would empty: unlogged ones, but those of device states and of positions, which are told anew. */
  unloggedTables: string[];
}

/** Asked over a connection of the server's role: settings of the role and the database hold in it. */
export async function readDurability(db: ClientBase): Promise<Durability> {
  const { rows } = await db.query<Durability>(`
    select current_setting('fsync') as "fsync",
           current_setting('synchronous_commit') as "synchronousCommit",
           current_setting('full_page_writes') as "fullPageWrites",
           array(select relname::text from pg_class
                 where relnamespace = 'fenghuo'::regnamespace and relkind in ('r', 'p') and relpersistence <> 'p'
                   and relname not in ('device_state', 'device_state_change', 'team_position')
                 order by relname) as "unloggedTables"`);
  return rows[0]!;
}
