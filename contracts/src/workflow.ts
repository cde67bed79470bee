import { z } from 'zod';
import type { TicketRecord } from './records.ts';
import { evidenceKinds, type Severity, severities, ticketStages, unitLevels } from './words.ts';

/**
 * A workflow 流程 as data: the steps 环节 of a county's loop, who may take a ticket from one to the next, with what, and
 * by when. The YAML that it is read from: `docs/workflows.md`. Times are milliseconds. Over REST, below `/api/v1`:
 *
 *     GET  /workflow         → {@link workflowInForce}
 *     GET  /workflows        → {@link workflowPresets}, what the house comes with
 *     POST /workflow/check   {@link workflowToCheck} → {@link workflowCheck}; changes nothing
 *     PUT  /workflow         {@link workflowToPut} → CommandAnswer (200 in force, 409 refused), or 422
 *                            {@link workflowCheck} when it is faulty
 */
const words = z.object({ zh: z.string(), en: z.string() });

/** A return 退回 and a false alarm 误报 say nothing without their why. */
export const moveKinds = ['forward', 'return', 'false-alarm'] as const;

/** Who may make a move: people of the unit that holds the ticket, or of a level of the chain there. */
export const moversOf = ['holder', ...unitLevels] as const;
export type Mover = (typeof moversOf)[number];

export const workflowMove = z.object({
  /** Id of the step. */
  to: z.string(),
  kind: z.enum(moveKinds),
  /** The county's own room may always act for those below it. */
  by: z.array(z.enum(moversOf)),
  reason: z.boolean(),
  /** What the case must hold before; a note is also what the move itself says as its reason. */
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds), count: z.int() })),
});
export type WorkflowMove = z.infer<typeof workflowMove>;

export const workflowStep = z.object({
  id: z.string(),
  name: words,
  /** What people do who bring a ticket on to it, such as Accept; absent: its name says that, too. */
  act: words.optional(),
  stage: z.enum(ticketStages),
  /** Level of the unit that holds a ticket at this step. */
  heldBy: z.enum(unitLevels),
  /** The main one first. None: the step ends a ticket. */
  moves: z.array(workflowMove),
});
export type WorkflowStep = z.infer<typeof workflowStep>;

/** What the button of a move forward to a step says. */
export function actWords({ act, name }: WorkflowStep) {
  return act ?? name;
}

/** What is owed for a severity; null: nothing. */
export const workflowSeverity = z.object({
  /** All alarms of the incident acknowledged. */
  acknowledgedWithinMs: z.number().nullable(),
  /** Stages that must be reached, counted from the opening, the earliest first. */
  deadlines: z.array(z.object({ stage: z.enum(ticketStages), withinMs: z.number() })),
  /** While a ticket is late, the next level is told every so often. */
  escalateEveryMs: z.number().nullable(),
  /** A visit 回访 is due so long after closing. */
  followUpWithinMs: z.number().nullable(),
  /** Closes out of supervision 督导 only. */
  supervised: z.boolean(),
});

export const workflow = z.object({
  id: z.string(),
  /** Counts the workflows of a county from 1. */
  version: z.int(),
  name: words,
  /** The first is where a ticket opens. */
  steps: z.array(workflowStep),
  severities: z.record(z.enum(severities), workflowSeverity),
  /** Of the time allowed, the last share in which the light is yellow. */
  yellowShare: z.number(),
  /** A closed ticket may be opened again so long after its end; null: never. */
  reopen: z.object({ withinMs: z.number(), to: z.string() }).nullable(),
});
export type Workflow = z.infer<typeof workflow>;

/** As a ticket names it: `wenling@1`. */
export const workflowRef = ({ id, version }: Pick<Workflow, 'id' | 'version'>) => `${id}@${version}`;

/**
 * Where a ticket stands in a workflow. One that came of a workflow which nobody can read any more stands at the last step
 * that means no more than its stage: it can go on.
 */
export function stepOf(
  { steps }: Workflow,
  { step, stage }: Pick<TicketRecord, 'step' | 'stage'>,
): WorkflowStep {
  return steps.find(({ id }) => id === step) ?? stepAt(steps, stage);
}

/** The first step of a stage; where there is none, the last one before it. */
export function stepAt(steps: readonly WorkflowStep[], stage: WorkflowStep['stage']): WorkflowStep {
  const most = ticketStages.indexOf(stage);
  const before = steps.filter((step) => ticketStages.indexOf(step.stage) <= most);
  return steps.find((step) => step.stage === stage) ?? before.at(-1) ?? steps[0]!;
}

export const endsTicket = ({ moves }: WorkflowStep) => moves.length === 0;

/** True for a ticket that closes out of supervision only: by its severity, or because it is listed 挂牌督办. */
export function isSupervised(
  of: Workflow,
  { severity, listed }: Pick<TicketRecord, 'severity' | 'listed'>,
): boolean {
  return of.severities[severity].supervised || (listed !== null && has(of.steps, 'supervision'));
}

const has = (steps: readonly WorkflowStep[], stage: WorkflowStep['stage']) =>
  steps.some((step) => step.stage === stage);

type Standing = Pick<TicketRecord, 'step' | 'stage' | 'severity' | 'listed'>;

/** The moves that a ticket may make from where it stands, whoever makes them: the writer refuses every other. */
export function movesOf(of: Workflow, ticket: Standing): readonly WorkflowMove[] {
  const from = stepOf(of, ticket);
  if (from.stage === 'supervision' || !isSupervised(of, ticket)) return from.moves;
  return from.moves.filter(({ to }) => of.steps.find(({ id }) => id === to)?.stage !== 'closed');
}

/** The step at which a ticket is given to a team, from where it stands; undefined: none, or a team has it. */
export function nextForTeam(of: Workflow, ticket: Standing): WorkflowStep | undefined {
  if (stepOf(of, ticket).heldBy === 'team') return undefined;
  const onwards = movesOf(of, ticket).filter(({ kind }) => kind === 'forward');
  const next = onwards.map(({ to }) => of.steps.find(({ id }) => id === to));
  return next.find((step) => step !== undefined && step.heldBy === 'team' && !endsTicket(step));
}

/** What the case still lacks for a move. */
export function lackingEvidence(
  { evidence }: WorkflowMove,
  ticket: Pick<TicketRecord, 'evidence'>,
  reason: string,
): WorkflowMove['evidence'] {
  const held = (kind: string) =>
    ticket.evidence.filter((item) => item.kind === kind).length +
    (kind === 'note' && reason.trim() !== '' ? 1 : 0);
  return evidence
    .map(({ kind, count }) => ({ kind, count: count - held(kind) }))
    .filter(({ count }) => count > 0);
}

/** Deadline light 蓝黄红预警: blue in time, yellow near due, red overdue. */
export type DeadlineLight = 'blue' | 'yellow' | 'red';

export function deadlineLight(
  { yellowAt, at }: Pick<NonNullable<TicketRecord['due']>, 'yellowAt' | 'at'>,
  now: number,
): DeadlineLight {
  if (now >= at) return 'red';
  return now >= yellowAt ? 'yellow' : 'blue';
}

/** How often a ticket that is late is told one level higher, ms; null: once only, to its holder. */
export function escalateEveryMs(of: Workflow, severity: Severity): number | null {
  return of.severities[severity].escalateEveryMs;
}

export const workflowFault = z.object({
  /** Both from 1. */
  line: z.int(),
  column: z.int(),
  /** Such as `steps.received.moves.0.to`. */
  path: z.string(),
  message: words,
});
export type WorkflowFault = z.infer<typeof workflowFault>;

/** Characters of a workflow, at most. */
export const longestWorkflow = 64 * 1024;
const text = z.string().max(longestWorkflow);

export const workflowToCheck = z.strictObject({ text });
export const workflowCheck = z.object({ errors: z.array(workflowFault) });
export type WorkflowCheck = z.infer<typeof workflowCheck>;

export const workflowToPut = z.strictObject({
  id: z.uuid(),
  seat: z.string().max(64).default(''),
  reason: z.string().min(1).max(500),
  text,
  /** Version that the author began from: of two that began from one the first wins. */
  basedOn: z.int().min(0),
});

export const workflowInForce = z.object({
  workflow,
  text: z.string(),
  /** SHA-256 of its text, hexadecimal. */
  digest: z.string(),
  /** Account, `file`, or `house`. */
  author: z.string(),
  reason: z.string(),
  /** Engine ms. */
  at: z.number(),
});
export type WorkflowInForce = z.infer<typeof workflowInForce>;

export const workflowPresets = z.object({
  presets: z.array(z.object({ id: z.string(), name: words, text: z.string() })),
});
export type WorkflowPresets = z.infer<typeof workflowPresets>;
