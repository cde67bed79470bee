import { evidenceList, type ShownEvidence } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../../feed/queries.ts';

/** The feed tells of evidence by the ticket; of an incident without one, and of what came before it, nothing does. Ms. */
const askEveryMs = 5_000;

const none: readonly ShownEvidence[] = [];

/** Everything that is kept in a case so far, the oldest first. */
export function useEvidence(incident: IncidentRecord, ticket: TicketRecord | null): readonly ShownEvidence[] {
  const { data } = useAsk(`/incidents/${encodeURIComponent(incident.id)}/evidence`, evidenceList, {
    turn: ticket?.evidence.length ?? 0,
    everyMs: askEveryMs,
  });
  return data?.evidence ?? none;
}
