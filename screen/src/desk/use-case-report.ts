import { type ShownReport, shownReport } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';

/** Messages go out and are noted without a change of the ticket, ms. */
const askEveryMs = 15_000;

/** The report of a case as far as it has come: its time line, and what people in it are called. */
export function useCaseReport(
  incident: IncidentRecord,
  ticket: TicketRecord | null,
): ShownReport | undefined {
  return useAsk(`/cases/${incident.caseCode}/report.json`, shownReport, {
    turn: `${incident.version}.${ticket?.version ?? 0}`,
    everyMs: askEveryMs,
  }).data;
}
