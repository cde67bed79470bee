import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { Queryable } from '../queryable.ts';

/** Answers that the writer gave to any of these commands so far. */
export async function findCommandAnswers(db: Queryable, ids: string[]): Promise<CommandAnswer[]> {
  const { rows } = await db.query<{ answer: CommandAnswer }>({
    name: 'find-command-answers',
    text: `select answer from fenghuo.command where id = any ($1::uuid[]) and answer is not null`,
    values: [ids],
  });
  return rows.map((row) => row.answer);
}
