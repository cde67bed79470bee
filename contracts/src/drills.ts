import { z } from 'zod';

/**
 * Drills that play a scenario. Whoever may start a drill orders a run; a runner, a process of its own that signs in as a
 * tester, takes it, plays it, tells how it goes and hands in its verdict.
 *
 *     GET  /drills/scenarios      → {@link drillCatalogue}: what can be played, and whether a runner is there
 *     GET  /drills                → {@link drillList}, the newest first
 *     POST /drills/runs           {@link drillOrder} → {@link drillOrdered}: the drill runs, and waits for the runner
 *     POST /drills/{run}/wish     {@link drillWish} → 204: pause, go on
 *     POST /drills/{run}/end      → CommandAnswer: everything of it stops at once, whatever the runner does
 *     GET  /drills/{run}/report   → the protocol, HTML
 *
 * Of the runner:
 *
 *     POST /drills/runner         {@link drillOffer} → 204
 *     POST /drills/take           → {@link drillTaken}: it is heard, and given the next run, if there is one
 *     POST /drills/{run}/progress {@link drillTelling} → {@link drillWish}
 *     POST /drills/{run}/ending   {@link drillEnding} → 204; the drill ends
 *
 * Times are milliseconds since 1970.
 */
const words = z.object({ zh: z.string().max(2000), en: z.string().max(2000) });
const scenarioName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'small letters, digits and hyphens');
const count = z.int().min(0);

/** What a run will be judged by, before anything is found. */
const askedLine = z.object({ name: z.string().max(64), what: words, asked: z.string().max(64) });
export type AskedLine = z.infer<typeof askedLine>;

export const drillScenario = z.object({
  name: scenarioName,
  title: words,
  about: words.nullable(),
  durationMs: count,
  messages: count,
  /** That it foretells, and the devices that raise them; on the map no more than {@link mostDrillPoints} of them. */
  alarms: count,
  points: z.array(z.tuple([z.number(), z.number()])),
  /** Buildings in which its stories happen. */
  places: z.array(
    z.object({ building: z.string(), name: words, area: z.string(), lon: z.number(), lat: z.number() }),
  ),
  asks: z.array(askedLine).max(200),
});
export type DrillScenario = z.infer<typeof drillScenario>;

/** More tell nobody more, and 11 scenarios of them are 300 kB. */
export const mostDrillPoints = 1_000;

export const drillOffer = z.object({
  /** Version and commit that the runner is of. */
  software: z.string().max(64),
  scenarios: z.array(drillScenario).max(200),
});
export type DrillOffer = z.infer<typeof drillOffer>;

export const drillCatalogue = z.object({
  /** When the runner was heard last, by the server's clock; null: never. It asks for work each second. */
  runnerHeardMsAgo: z.number().nullable(),
  scenarios: z.array(drillScenario),
});
export type DrillCatalogue = z.infer<typeof drillCatalogue>;

export const drillOrder = z.object({
  scenario: scenarioName,
  /** Another house, another order, another moment; null: as the scenario has it. */
  seed: z.string().min(1).max(64).nullable().default(null),
  participants: z.array(z.string().min(1).max(64)).max(500).default([]),
});
export const drillOrdered = z.object({ run: z.string(), gb26875Port: z.number().nullable() });

export const drillWish = z.object({ wish: z.enum(['play', 'pause', 'stop']) });
export type DrillWish = z.infer<typeof drillWish>;
/** Stopping is ending the drill. */
export const drillPause = z.object({ wish: z.enum(['play', 'pause']) });

/** `judged`: whole, with a verdict. `stopped`: a person ended it. `failed`: it could not be played, see its fault. */
export const drillStates = [
  'waiting',
  'preparing',
  'playing',
  'paused',
  'settling',
  'judged',
  'stopped',
  'failed',
] as const;
export type DrillState = (typeof drillStates)[number];

/** How far it is; `lagMs` is the p99 of the way to the acknowledgement. */
export const drillProgress = z.object({
  elapsedMs: count,
  durationMs: count,
  messages: count,
  published: count,
  acknowledged: count,
  lagMs: z.number(),
  alarms: count,
  alarmsSeen: count,
  ticketsSeen: count,
});
export type DrillProgress = z.infer<typeof drillProgress>;

export const drillTelling = z.object({
  state: z.enum(['preparing', 'playing', 'paused', 'settling']),
  progress: drillProgress.nullable(),
});
export type DrillTelling = z.infer<typeof drillTelling>;

/** One line of the protocol. `found` null: could not be checked, or there was nothing to measure. */
export const judgedLine = askedLine.extend({
  found: z.number().nullable(),
  unit: z.enum(['ms', '']),
  ok: z.boolean(),
});
export type JudgedLine = z.infer<typeof judgedLine>;

export const drillVerdict = z.object({
  ok: z.boolean(),
  judged: z.array(judgedLine).max(200),
});
export type DrillVerdict = z.infer<typeof drillVerdict>;

/** A verdict with its report, or the fault for which there is none. */
export const drillEnding = z.object({
  software: z.string().max(64),
  verdict: drillVerdict.nullable(),
  fault: words.nullable(),
  report: z.string().max(4_000_000).nullable(),
});
export type DrillEnding = z.infer<typeof drillEnding>;

/** A run for the runner: its tester's credential is made as it is taken, and dies with the drill. */
export const drillTaken = z.object({
  taken: z
    .object({
      run: z.string(),
      scenario: z.string(),
      seed: z.string().nullable(),
      username: z.string(),
      secret: z.string(),
    })
    .nullable(),
});
export type DrillTaken = z.infer<typeof drillTaken>;

export const drillCard = z.object({
  run: z.string(),
  title: z.string(),
  startedAt: z.number(),
  startedBy: z.string(),
  endedAt: z.number().nullable(),
  /** Ids of people. */
  participants: z.array(z.string()),
  /** While it runs: where transmitters of buildings speak into it (GB/T 26875.3); null: nowhere. */
  gb26875Port: z.number().nullable(),
  /** Null: nobody plays in it but whoever has its credential. */
  play: z
    .object({
      scenario: z.string(),
      seed: z.string().nullable(),
      wish: drillWish.shape.wish,
      state: z.enum(drillStates),
      /** Since its runner last told of it; null: not yet. */
      toldMsAgo: z.number().nullable(),
      progress: drillProgress.nullable(),
      verdict: drillVerdict.nullable(),
      fault: words.nullable(),
      /** Of the runner that judged it. */
      software: z.string().nullable(),
      hasReport: z.boolean(),
    })
    .nullable(),
});
export type DrillCard = z.infer<typeof drillCard>;

export const drillList = z.object({ drills: z.array(drillCard) });
export type DrillList = z.infer<typeof drillList>;
