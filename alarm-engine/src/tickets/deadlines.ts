import type { Severity, TicketStage } from '@fenghuo/contracts/words.ts';
import { ticketStages } from '@fenghuo/contracts/words.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** A stage that must be reached within `within` of when the ticket's clock began. Milliseconds. */
interface Milestone {
  stage: TicketStage;
  within: number;
}

/**
 * Deadlines by severity. High follows the 1-3-5 rule of micro fire stations (微型消防站: 1 minute to turn
 * out, 3 to the scene, 5 to have it under control); the others are hours and days.
 */
const deadlines: Record<Severity, readonly Milestone[]> = {
  high: [
    { stage: 'accepted', within: 60 * seconds },
    { stage: 'on-scene', within: 3 * minutes },
    { stage: 'under-control', within: 5 * minutes },
    { stage: 'closed', within: 24 * hours },
  ],
  medium: [
    { stage: 'accepted', within: 10 * minutes },
    { stage: 'on-scene', within: 30 * minutes },
    { stage: 'under-control', within: 4 * hours },
    { stage: 'closed', within: 48 * hours },
  ],
  low: [
    { stage: 'accepted', within: 4 * hours },
    { stage: 'closed', within: 72 * hours },
  ],
};

/** A late ticket goes one level up the chain at once, and one further after each of these. Milliseconds. */
export const escalateEvery: Record<Severity, number> = {
  high: 60 * seconds,
  medium: 30 * minutes,
  low: 4 * hours,
};
/** Somebody must have acknowledged a high incident within this, or it goes up the chain. Milliseconds. */
export const acknowledgeHighWithin = 60 * seconds;

export interface Due {
  stage: TicketStage;
  /** From when to when the ring runs down. Engine milliseconds. */
  since: number;
  at: number;
  /** What the rule allows for it, counted from then. Milliseconds. */
  limitMs: number;
}

/** What a ticket owes next, given where it stands; null once it has ended. Pure. */
export function nextDue(
  severity: Severity,
  stage: TicketStage,
  countedFrom: number,
  since: number,
): Due | null {
  if (stage === 'closed' || stage === 'false-alarm') return null;
  const reached = ticketStages.indexOf(stage);
  const owed = deadlines[severity].find((milestone) => ticketStages.indexOf(milestone.stage) > reached);
  return owed === undefined
    ? null
    : { stage: owed.stage, since, at: countedFrom + owed.within, limitMs: owed.within };
}
