import type { ClientBase } from 'pg';
import type { TakenCommand } from '../../replay/logged-batch.ts';

/** Commands that had their turn with numbers in [`first`, `last`], in order. */
export async function listTakenCommands(
  client: ClientBase,
  county: string,
  { first, last }: { first: number; last: number },
): Promise<TakenCommand[]> {
  const { rows } = await client.query<TakenCommand>({
    name: 'list-taken-commands',
    text: `
      select actor, body, engine_no as "engineNo", (answer ->> 'ok')::boolean as "wasDone"
      from fenghuo.command
      where county = $1 and engine_no between $2 and $3 order by engine_no`,
    values: [county, first, last],
  });
  return rows;
}
