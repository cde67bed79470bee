import type { Command } from '@fenghuo/contracts/commands.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { EngineState } from './engine-state.ts';
import type { WaitingCommand } from './inputs.ts';
import type { Turn } from './turn.ts';

/**
 * A case that is not in memory any more, as it was when a command that names it had its turn. An input like the command
 * itself, and kept with it in the log: what was decided on it is decided again at a replay.
 */
export interface ClosedCase {
  incident: IncidentRecord;
  ticket: TicketRecord | null;
}

/** What a command names that may be closed: a ticket or an incident; null: only what is open can be its subject. */
function namedBy(body: Command): 'ticket' | 'incident' | null {
  switch (body.act) {
    case 'reopen-ticket':
    case 'record-follow-up':
      return 'ticket';
    case 'add-note':
    case 'add-evidence':
      return 'incident';
    default:
      return null;
  }
}

/** The commands of a batch whose subject is not open in memory: their cases must be read before they are decided on. */
export function namingClosed(state: EngineState, commands: readonly WaitingCommand[]): WaitingCommand[] {
  return commands.filter(({ body }) => {
    const named = namedBy(body);
    if (named === null) return false;
    const open = named === 'ticket' ? state.tickets : state.incidents;
    return open.get(body.subject) === undefined;
  });
}

/** A ticket of this id as it now is, open or closed: as this batch leaves it, as memory has it, as it was read. */
export function ticketOf(turn: Turn, closed: ClosedCase | null, id: string): TicketRecord | undefined {
  const known = turn.effects.tickets.get(id) ?? turn.state.tickets.get(id);
  return known ?? (closed?.ticket?.id === id ? closed.ticket : undefined);
}

/** The same of an incident. */
export function incidentOf(turn: Turn, closed: ClosedCase | null, id: string): IncidentRecord | undefined {
  const known = turn.effects.incidents.get(id) ?? turn.state.incidents.get(id);
  return known ?? (closed?.incident.id === id ? closed.incident : undefined);
}
