import type { TicketStage } from './words.ts';

/** Steps that may follow each step of a ticket. The writer refuses every other move; a desk offers these. */
export const nextSteps: Record<TicketStage, readonly TicketStage[]> = {
  received: ['dispatched', 'false-alarm'],
  dispatched: ['accepted', 'received', 'false-alarm'],
  accepted: ['en-route', 'on-scene', 'false-alarm'],
  'en-route': ['on-scene', 'false-alarm'],
  'on-scene': ['under-control', 'false-alarm'],
  'under-control': ['feedback'],
  feedback: ['review'],
  review: ['supervision', 'closed', 'on-scene'],
  supervision: ['closed', 'on-scene'],
  closed: [],
  'false-alarm': [],
};

/** Moves that say nothing without their why: refused with `reason-required` when the reason is empty. */
export const reasonedSteps: readonly TicketStage[] = ['false-alarm', 'received'];
