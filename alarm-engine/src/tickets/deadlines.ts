import type { Severity, TicketStep } from '@fenghuo/contracts/words.ts';
import { ticketSteps } from '@fenghuo/contracts/words.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** A step that must be reached within `within` of when the ticket's clock began. Milliseconds. */
interface Milestone {
  step: TicketStep;
  within: number;
}

/**
 * Deadlines by severity. High follows the 1-3-5 rule of micro fire stations (微型消防站: 1 minute to turn
 * out, 3 to the scene, 5 to have it under control); the others are hours and days.
 */
const deadlines: Record<Severity, readonly Milestone[]> = {
  high: [
    { step: 'accepted', within: 60 * seconds },
    { step: 'on-scene', within: 3 * minutes },
    { step: 'under-control', within: 5 * minutes },
    { step: 'closed', within: 24 * hours },
  ],
  medium: [
    { step: 'accepted', within: 10 * minutes },
    { step: 'on-scene', within: 30 * minutes },
    { step: 'under-control', within: 4 * hours },
    { step: 'closed', within: 48 * hours },
  ],
  low: [
    { step: 'accepted', within: 4 * hours },
    { step: 'closed', within: 72 * hours },
  ],
};

export interface Due {
  step: TicketStep;
  /** From when to when the ring runs down. Engine milliseconds. */
  since: number;
  at: number;
  /** What the rule allows for it, counted from then. Milliseconds. */
  limitMs: number;
}

/** What a ticket owes next, given where it stands; null once it has ended. Pure. */
export function nextDue(
  severity: Severity,
  step: TicketStep,
  countedFrom: number,
  since: number,
): Due | null {
  if (step === 'closed' || step === 'false-alarm') return null;
  const reached = ticketSteps.indexOf(step);
  const owed = deadlines[severity].find((milestone) => ticketSteps.indexOf(milestone.step) > reached);
  return owed === undefined
    ? null
    : { step: owed.step, since, at: countedFrom + owed.within, limitMs: owed.within };
}
