import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { ClientBase } from 'pg';

/** Stores the answers to commands in the transaction that acts on them, and wakes who waits for them. */
export async function answerCommands(
  client: ClientBase,
  answers: readonly { answer: CommandAnswer; engineNo: number }[],
): Promise<void> {
  if (answers.length === 0) return;
  const ids = JSON.stringify(answers.map(({ answer }) => answer.id));
  await client.query({
    name: 'answer-commands',
    text: `
      with answered as (
        update fenghuo.command as c set engine_no = a.engine_no, answer = a.answer
        from unnest($1::uuid[], $2::bigint[], $3::jsonb[]) as a (id, engine_no, answer)
        where c.id = a.id and c.answer is null
      )
      select pg_notify('fenghuo_answer', $4)`,
    values: [
      answers.map(({ answer }) => answer.id),
      answers.map(({ engineNo }) => engineNo),
      answers.map(({ answer }) => JSON.stringify(answer)),
      ids.length < 7900 ? ids : '*',
    ],
  });
}
