import type { ClientBase } from 'pg';
import type { WaitingCommand } from '../../engine/inputs.ts';

/** Commands without an answer, oldest first, at most `limit`. */
export async function loadWaitingCommands(
  client: ClientBase,
  county: string,
  limit: number,
): Promise<WaitingCommand[]> {
  const result = await client.query<WaitingCommand>({
    name: 'load-waiting-commands',
    text: `select actor, body from fenghuo.command where county = $1 and answer is null order by arrived_no limit $2`,
    values: [county, limit],
  });
  return result.rows;
}
