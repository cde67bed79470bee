import type { TimeLineEntry } from '@fenghuo/contracts/case.ts';
import type { TicketMove, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { inEachLanguage } from '../audit/both-languages.ts';
import { type Naming, said } from './naming.ts';

/** The way of a ticket in the words of its workflow, but for its opening, which the record tells. Pure. */
export function moveEntries({ moves }: TicketRecord, workflow: Workflow, naming: Naming): TimeLineEntry[] {
  return moves.slice(1).map((move, i) => {
    const { at, by, reason, doneAt } = move;
    const what = whatHappened(moves[i]!, move, workflow, naming);
    return {
      ...{ at, by, late: false, what: said(what, null, [reason && inEachLanguage(reason)]) },
      ...(doneAt === undefined ? {} : { doneAt }),
    };
  });
}

export const isEnd = ({ stage }: Pick<TicketMove, 'stage'>) => stage === 'closed' || stage === 'false-alarm';

/** True for a move 退回 to an earlier step of the workflow; opening again is none. */
export function leadsBack(before: TicketMove, { to }: TicketMove, { steps }: Workflow): boolean {
  const place = (step: string) => steps.findIndex(({ id }) => id === step);
  return !isEnd(before) && place(to) >= 0 && place(to) < place(before.to);
}

function whatHappened(before: TicketMove, move: TicketMove, workflow: Workflow, naming: Naming): Words {
  const who = naming.unit(move.holder)!;
  const step = naming.step(move.to, move.stage);
  if (isEnd(before))
    return {
      zh: `重新打开，回到「${step.zh}」（${who.zh}）`,
      en: `Opened again at “${step.en}” (${who.en})`,
    };
  if (move.from === move.to) {
    const from = naming.unit(before.holder)!;
    return { zh: `转派：${from.zh} → ${who.zh}`, en: `Handed on: ${from.en} → ${who.en}` };
  }
  if (leadsBack(before, move, workflow))
    return { zh: `退回「${step.zh}」（${who.zh}）`, en: `Sent back to “${step.en}” (${who.en})` };
  return { zh: `${step.zh}（${who.zh}）`, en: `${step.en} (${who.en})` };
}
