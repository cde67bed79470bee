import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type Severity, type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';

export type Due = NonNullable<TicketRecord['due']>;

/** From when a ticket's deadlines count, and from when the ring of the next one runs down. Engine milliseconds. */
export interface Clock {
  countedFrom: number;
  since: number;
}

/** What a ticket owes next, given where it stands; null once it has ended, or when it owes nothing more. Pure. */
export function nextDue(
  { severities, yellowShare }: Workflow,
  { severity, stage }: { severity: Severity; stage: TicketStage },
  { countedFrom, since }: Clock,
): Due | null {
  if (stage === 'closed' || stage === 'false-alarm') return null;
  const reached = ticketStages.indexOf(stage);
  const owed = severities[severity].deadlines.find((due) => ticketStages.indexOf(due.stage) > reached);
  if (owed === undefined) return null;
  const at = countedFrom + owed.withinMs;
  const yellowAt = Math.round(at - Math.max(0, at - since) * yellowShare);
  return { stage: owed.stage, since, yellowAt, at, limitMs: owed.withinMs };
}
