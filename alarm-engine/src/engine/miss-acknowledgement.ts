import type { AlarmRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { DueItem } from './due-heap.ts';
import { escalateUnacknowledged } from './escalate-ticket.ts';
import { watchAcknowledgement } from './keep-deadline.ts';
import { tellHolder } from './tell-holder.ts';
import { recordAct, type Turn } from './turn.ts';

/**
 * The time to acknowledge a ticket's alarms is over. Those that went off since have their time still; once one is late it
 * is on the record, the holder is told, unless they were told already that the ticket is late, and it goes up the chain when
 * nobody has acknowledged anything.
 */
export function missAcknowledgement(turn: Turn, { subject, at }: DueItem): void {
  const ticket = turn.state.tickets.get(subject);
  if (ticket === undefined) return;
  const { acknowledgedWithinMs } = turn.state.workflowOf(ticket).severities[ticket.severity];
  const waiting = unacknowledged(turn, ticket);
  if (acknowledgedWithinMs === null || waiting.length === 0) return;
  const since = Math.min(...waiting.map(({ raisedAt }) => Math.max(raisedAt, ticket.countedFrom)));
  if (since + acknowledgedWithinMs > turn.now) {
    watchAcknowledgement(turn, ticket, since + acknowledgedWithinMs);
    return;
  }
  recordAct(turn, {
    ...{ act: 'miss-acknowledgement', subject: ticket.id, area: ticket.area, run: ticket.run, reason: '' },
    detail: { alarms: waiting.map((alarm) => alarm.id), holder: ticket.holder },
  });
  if (!ticket.overdue) tellHolder(turn, 'unacknowledged', ticket);
  escalateUnacknowledged(turn, ticket, at);
}

function unacknowledged({ state }: Turn, ticket: TicketRecord): AlarmRecord[] {
  const alarms = state.incidents.get(ticket.incident)?.alarms ?? [];
  return alarms
    .map((id) => state.alarms.get(id))
    .filter((alarm) => alarm !== undefined && asks(alarm)) as AlarmRecord[];
}

const asks = ({ state }: AlarmRecord) => state === 'unacknowledged' || state === 'returned-unacknowledged';
