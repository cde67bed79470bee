import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import { evidenceKinds, type TicketStage, ticketStages, unitLevels } from '@fenghuo/contracts/words.ts';
import { moveKinds, moversOf } from '@fenghuo/contracts/workflow.ts';
import { z } from 'zod';
import { duration, words } from '../rules/book-units.ts';

const name = z
  .string()
  .max(40)
  .regex(
    /^[a-z][a-z0-9-]*$/,
    bothWays({ zh: '应为名称，例如 "on-scene"', en: 'is no name such as "on-scene"' }),
  );

const move = z
  .strictObject({
    to: name,
    kind: z.enum(moveKinds).default('forward'),
    by: z.array(z.enum(moversOf)).min(1).default(['holder']),
    reason: z.boolean().default(false),
    evidence: z.partialRecord(z.enum(evidenceKinds), z.int().min(1).max(20)).default({}),
  })
  .transform(({ evidence, reason, ...rest }) => ({
    ...rest,
    reason: reason || rest.kind !== 'forward',
    evidence: evidenceKinds.flatMap((kind) => {
      const count = evidence[kind];
      return count === undefined ? [] : [{ kind, count }];
    }),
  }));

const step = z
  .strictObject({
    id: name,
    name: words,
    act: words.optional(),
    stage: z.enum(ticketStages),
    held_by: z.enum(unitLevels),
    moves: z.array(move).default([]),
  })
  .transform(({ held_by: heldBy, ...rest }) => ({ ...rest, heldBy }));

/** Stages that can be owed: a ticket is received when it opens, and nobody owes a false alarm. */
const owedStages = ticketStages.filter((stage) => stage !== 'received' && stage !== 'false-alarm') as [
  TicketStage,
  ...TicketStage[],
];

const severity = z
  .strictObject({
    acknowledged: duration.optional(),
    deadlines: z.partialRecord(z.enum(owedStages), duration),
    escalate_every: duration
      .refine(
        (ms) => ms >= 10_000,
        bothWays({ zh: '不能短于 10 s：人来不及听', en: 'is more often than people can be told' }),
      )
      .optional(),
    follow_up: duration.optional(),
    supervised: z.boolean().default(false),
  })
  .transform((given) => ({
    acknowledgedWithinMs: given.acknowledged ?? null,
    deadlines: ticketStages.flatMap((stage) => {
      const withinMs = given.deadlines[stage];
      return withinMs === undefined ? [] : [{ stage, withinMs }];
    }),
    escalateEveryMs: given.escalate_every ?? null,
    followUpWithinMs: given.follow_up ?? null,
    supervised: given.supervised,
  }));

/** A workflow as its YAML words it; how its parts go together is checked in `workflow-checks.ts`. */
export const workflowSchema = z
  .strictObject({
    id: name,
    name: words,
    steps: z.array(step).min(2).max(40),
    severities: z.strictObject({ high: severity, medium: severity, low: severity }),
    yellow_share: z
      .number()
      .min(0)
      .max(1)
      .default(1 / 3),
    reopen: z
      .strictObject({ within: duration, to: name })
      .transform(({ within: withinMs, to }) => ({ withinMs, to }))
      .optional(),
  })
  .transform(({ yellow_share: yellowShare, reopen = null, ...rest }) => ({ ...rest, yellowShare, reopen }));

export type WorkflowDraft = z.output<typeof workflowSchema>;
