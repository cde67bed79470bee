import type { ReportStatus } from '@fenghuo/contracts/intake.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';

/** What the incident of a report has come to. */
export interface ReportOutcome {
  /** Of the incident's newest ticket; null: it has none, or the report is of no incident. */
  stage: TicketStage | null;
  incidentClosed: boolean;
}

/** What a reporter is told became of it: no unit, no name, nothing of who else reported. */
export function reportStatus({ stage, incidentClosed }: ReportOutcome): ReportStatus {
  switch (stage) {
    case null:
      return incidentClosed ? 'closed' : 'received';
    case 'received':
      return 'received';
    case 'dispatched':
    case 'accepted':
    case 'en-route':
      return 'on-its-way';
    case 'on-scene':
      return 'on-scene';
    case 'under-control':
    case 'feedback':
    case 'review':
    case 'supervision':
      return 'under-control';
    case 'closed':
      return 'closed';
    case 'false-alarm':
      return 'false-alarm';
  }
}
