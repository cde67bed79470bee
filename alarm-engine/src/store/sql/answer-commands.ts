import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { ClosedCase } from '../../engine/closed-case.ts';
import type { Statement } from '../statement-batch.ts';

/**
 * Stores the answers to commands in the transaction that acts on them, and wakes who waits for them. `engineNo`: of
 * its turn; null: it had none. `closedCase`: what it was decided on besides memory, for who decides it again.
 */
export function answerCommands(
  answers: readonly { answer: CommandAnswer; engineNo: number | null; closedCase: ClosedCase | null }[],
): Statement {
  const ids = JSON.stringify(answers.map(({ answer }) => answer.id));
  return {
    name: 'answer-commands',
    text: `
      with answered as (
        update fenghuo.command as c set engine_no = a."engineNo", answer = a.answer, closed_case = a."closedCase"
        from json_to_recordset($1) as a ("engineNo" bigint, answer jsonb, "closedCase" jsonb)
        where c.id = (a.answer ->> 'id')::uuid and c.answer is null
      )
      select pg_notify('fenghuo_answer', $2)`,
    values: [JSON.stringify(answers), ids.length < 7900 ? ids : '*'],
  };
}
