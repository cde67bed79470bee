import type { ActsMode, BacktestReport } from '@fenghuo/contracts/backtest.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { ClientBase } from 'pg';
import { areaWords, type Registry } from '../registry/registry.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { findInputsBetween } from '../store/sql/find-inputs-between.ts';
import { compareTrials } from './compare-trials.ts';
import { readInputLog } from './input-log.ts';
import { Trial } from './trial.ts';

/** Told after each stretch that was read: events decided on, and the share of the inputs that is done. */
export type OnBacktestProgress = (events: number, share: number) => void;

export interface BacktestOptions {
  /** Reads only. */
  client: ClientBase;
  registry: Registry;
  inForce: Rulebook;
  candidate: Rulebook;
  /** The one in force now: both books set the same in motion. */
  workflow: Workflow;
  acts: ActsMode;
  timeZone: string;
  /** Engine ms, `to` excluded; what lies outside of history is cut off. */
  from: number;
  to: number;
  /** Inputs that may be run, warm-up included. */
  mostInputs: number;
  onProgress: OnBacktestProgress;
}

const hourMs = 3_600_000;
/** So much history runs before the stretch that counts: the longest window that a book may declare, and a day. */
const warmUpMs = 25 * hourMs;

/** Between the two times there is no history, or more than may be run. */
export class BadStretch extends Error {
  readonly reason: 'no-history' | 'too-much';

  constructor(reason: BadStretch['reason'], sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}

/**
 * Runs a stretch of history through two books and compares. One reading of the log serves both; the world is empty
 * when the warm-up begins. Measured: `npm run bench:backtest`.
 */
export async function backtest(options: BacktestOptions): Promise<BacktestReport> {
  const { client, registry, inForce, candidate, workflow, acts, timeZone, mostInputs, onProgress } = options;
  const county = registry.county.code;
  const counted = await findInputsBetween(client, county, options);
  const range = await findInputsBetween(client, county, { from: options.from - warmUpMs, to: options.to });
  if (range === null || counted === null)
    throw new BadStretch('no-history', 'there is no history between these two times');
  const inputs = range.lastNo - range.firstNo + 1;
  if (inputs > mostInputs)
    throw new BadStretch('too-much', `${inputs} inputs are more than the ${mostInputs} that may be run`);
  const trials = [inForce, candidate].map(
    (rulebook) => new Trial({ registry, rulebook, workflow, timeZone, acts }),
  );
  const { firstNo, lastNo } = range;
  let events = 0;
  for await (const batches of readInputLog({ client, county, devices: registry.devices, firstNo, lastNo })) {
    for (const batch of batches) {
      for (const trial of trials) trial.take(batch);
      events += batch.events.length;
      await breathe();
    }
    onProgress(events, (batches.at(-1)!.lastNo - firstNo + 1) / inputs);
  }
  const [ours, theirs] = [trials[0]!, trials[1]!];
  const stretch = {
    from: Math.max(options.from, counted.firstAt),
    to: Math.min(options.to, counted.lastAt + 1),
  };
  const { byArea, ...compared } = compareTrials(ours.tally, theirs.tally, stretch);
  return {
    county,
    ...stretch,
    warmUpFrom: range.firstAt,
    events,
    acts: { mode: acts, inForce: ours.acts, candidate: theirs.acts },
    version: inForce.version,
    ...compared,
    byArea: byArea.map((row) => ({ ...row, name: areaWords(registry, row.area) })),
  };
}

/** Lets in what the database sends meanwhile: it waits for us else. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
