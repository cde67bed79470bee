import type { TicketRecord } from '@fenghuo/contracts/records.ts';

/** A ticket as it opens, with what a test cares about put in. */
export function aTicket(given: Partial<TicketRecord> = {}): TicketRecord {
  const words = { zh: '火警', en: 'Fire' };
  return {
    ...{
      id: 'T-1',
      run: null,
      caseCode: 'WL-1',
      incident: 'I-1',
      severity: 'high',
      title: words,
      place: words,
    },
    ...{ workflow: 'wenling@1', stage: 'received', escalations: [], lateness: [], parties: [], evidence: [] },
    ...{ listed: null, visits: [], reopened: 0, due: null, overdue: false },
    ...{ area: '331081100', step: 'received', stepSince: 0, holder: 'U1', holderLevel: 'township' },
    ...{ holderName: words, moves: [], openedAt: 0, countedFrom: 0, closedAt: null, version: 1 },
    ...given,
  };
}
