import type { Command } from '@fenghuo/contracts/commands.ts';
import type { Actor } from '../../engine/inputs.ts';
import type { Queryable } from '../queryable.ts';

export interface NewCommand {
  county: string;
  actor: Actor;
  body: Command;
}

/**
 * Hands a command to the writer and wakes it, in one statement. The same command of the same account a
 * second time changes nothing. False when the id belongs to another command or to somebody else's.
 */
export async function insertCommand(db: Queryable, { county, actor, body }: NewCommand): Promise<boolean> {
  const { rows } = await db.query<{ mine: boolean }>({
    name: 'insert-command',
    text: `with put as (
             insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)
             on conflict (id) do nothing returning county
           ), woken as (select pg_notify('fenghuo_command', county) from put)
           select true as mine from woken
           union all
           select c.county = $2 and c.body = $4::jsonb and c.actor ->> 'account' = $3::jsonb ->> 'account'
           from fenghuo.command c where c.id = $1`,
    values: [body.id, county, JSON.stringify(actor), JSON.stringify(body)],
  });
  if (rows[0] === undefined) return insertCommand(db, { county, actor, body });
  return rows[0].mine;
}
