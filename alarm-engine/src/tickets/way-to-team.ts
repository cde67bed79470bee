import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import {
  endsTicket,
  lackingEvidence,
  movesOf,
  stepOf,
  type Workflow,
  type WorkflowStep,
} from '@fenghuo/contracts/workflow.ts';

/**
 * The steps to the first one that a team holds, by as few moves as there are, the main ones first: what is ordered by itself
 * passes them in one breath. A reason can be given for each of them; a move that asks for evidence which the case does not
 * hold is for people. Null: there is no such way, or a team holds it. Pure.
 */
export function wayToTeam(workflow: Workflow, ticket: TicketRecord, reason: string): WorkflowStep[] | null {
  const from = stepOf(workflow, ticket);
  if (from.heldBy === 'team') return null;
  const seen = new Set([from.id]);
  const ways: WorkflowStep[][] = [[]];
  for (const way of ways) {
    const here = way.at(-1) ?? from;
    for (const next of onwards(workflow, { ...ticket, step: here.id, stage: here.stage }, reason)) {
      if (seen.has(next.id)) continue;
      if (next.heldBy === 'team') return [...way, next];
      seen.add(next.id);
      ways.push([...way, next]);
    }
  }
  return null;
}

function onwards(workflow: Workflow, ticket: TicketRecord, reason: string): WorkflowStep[] {
  const open = movesOf(workflow, ticket).filter(
    (move) => move.kind === 'forward' && lackingEvidence(move, ticket, reason).length === 0,
  );
  const steps = open.map(({ to }) => workflow.steps.find(({ id }) => id === to));
  return steps.filter((step) => step !== undefined && !endsTicket(step)) as WorkflowStep[];
}
