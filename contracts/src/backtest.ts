import { z } from 'zod';
import { longestRulebook } from './rulebook.ts';
import { severities } from './words.ts';

/**
 * What a backtest found: history of the county, run through the rulebook in force and through a candidate. Both runs
 * decide alike in everything but the book, so a book against itself differs in nothing. Drills are left out of it.
 */
const words = z.object({ zh: z.string(), en: z.string() });

/** What a book made of the stretch of history. */
const outcome = z.object({
  alarms: z.record(z.enum(severities), z.int()),
  incidents: z.int(),
  tickets: z.int(),
});

/** How the candidate's alarms differ from those in force. */
const difference = z.object({
  inForce: z.int(),
  candidate: z.int(),
  added: z.int(),
  removed: z.int(),
  graver: z.int(),
  milder: z.int(),
});
export type Difference = z.infer<typeof difference>;

/** What became of people's acts: `noSubject` had nothing to act on, `refused` could not be done any more. */
const actsOutcome = z.object({ done: z.int(), noSubject: z.int(), refused: z.int() });
export type ActsOutcome = z.infer<typeof actsOutcome>;

/** One alarm as an example of a difference; of a changed one, as in force and as the candidate has it. */
const example = z.object({
  difference: z.enum(['added', 'removed', 'graver', 'milder']),
  device: z.string(),
  rule: z.string(),
  area: z.string(),
  raisedAt: z.number(),
  inForce: z.enum(severities).nullable(),
  candidate: z.enum(severities).nullable(),
});
export type DifferenceExample = z.infer<typeof example>;

/** `as-acted`: people's acts come at their time, on the version that the record then has; `left-out`: nobody acts. */
export const actsModes = ['as-acted', 'left-out'] as const;
export type ActsMode = (typeof actsModes)[number];

/** `POST /api/v1/rulebook/backtest` → {@link backtestReport}; 409 while another one runs, or when it is too much. */
export const backtestRequest = z.strictObject({
  /** YAML of the candidate. */
  text: z.string().max(longestRulebook),
  /** Ms since 1970, `to` excluded. */
  from: z.number(),
  to: z.number(),
  acts: z.enum(actsModes).default('as-acted'),
});

export const backtestReport = z.object({
  county: z.string(),
  /** Alarms raised in [from, to) count, engine ms; history is run from `warmUpFrom` on, so that windows are filled. */
  from: z.number(),
  to: z.number(),
  warmUpFrom: z.number(),
  events: z.int(),
  acts: z.object({ mode: z.enum(actsModes), inForce: actsOutcome, candidate: actsOutcome }),
  /** Version of the book in force. */
  version: z.int(),
  inForce: outcome,
  candidate: outcome,
  total: difference,
  byRule: z.array(difference.extend({ rule: z.string() })),
  /** By township; what lies in none is told of the county. */
  byArea: z.array(difference.extend({ area: z.string(), name: words })),
  /** The first of each kind. */
  examples: z.array(example),
});
export type BacktestReport = z.infer<typeof backtestReport>;
export type BookOutcome = BacktestReport['inForce'];
