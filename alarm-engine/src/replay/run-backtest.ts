import type { ActsMode, BacktestReport } from '@fenghuo/contracts/backtest.ts';
import type { RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import type { Client } from 'pg';
import { rulebookInForce } from '../rulebook-in-force.ts';
import { readRulebook } from '../rules/read-rulebook.ts';
import { connectClient } from '../store/pool.ts';
import { loadRegistry } from '../store/sql/load-registry.ts';
import { workflowsInForce } from '../workflows-in-force.ts';
import { BadStretch, backtest, type OnBacktestProgress } from './backtest.ts';
import { InputsMissing } from './input-log.ts';

/** What can be asked for, and sent to another thread. */
export interface BacktestWish {
  databaseUrl: string;
  county: string;
  timeZone: string;
  /** YAML of the candidate. */
  text: string;
  /** Engine ms, `to` excluded; infinite: all there is. */
  from: number;
  to: number;
  acts: ActsMode;
  /** Inputs that may be run, warm-up included. */
  mostInputs: number;
}

export type BacktestOutcome =
  | { ok: true; report: BacktestReport }
  | { ok: false; reason: 'faulty-rulebook'; errors: RulebookFault[] }
  | { ok: false; reason: 'no-county' | 'no-history' | 'too-much' | 'inputs-missing'; message: string };

/** Runs a backtest on a connection of its own, which can only read. Throws what is not an expected failure. */
export async function runBacktest(
  wish: BacktestWish,
  onProgress: OnBacktestProgress,
): Promise<BacktestOutcome> {
  const client = await connectClient({
    ...{ url: wish.databaseUrl, name: 'fenghuo-backtest' },
    settings: { default_transaction_read_only: 'on' },
  });
  try {
    return await runOn(client, wish, onProgress);
  } catch (error) {
    if (error instanceof BadStretch) return { ok: false, reason: error.reason, message: error.message };
    if (error instanceof InputsMissing)
      return { ok: false, reason: 'inputs-missing', message: `${error.message}; begin later` };
    throw error;
  } finally {
    await client.end();
  }
}

async function runOn(
  client: Client,
  { county, text, ...how }: BacktestWish,
  onProgress: OnBacktestProgress,
): Promise<BacktestOutcome> {
  const { rulebook: inForce } = await rulebookInForce(client, county);
  const read = readRulebook(text, inForce.version + 1);
  if (!read.ok) return { ok: false, reason: 'faulty-rulebook', errors: read.errors };
  const registry = await loadRegistry(client, county);
  if (registry === null)
    return { ok: false, reason: 'no-county', message: `county ${county} is not in this database` };
  const { workflows } = await workflowsInForce(client, county);
  const books = { inForce, candidate: read.rulebook, workflow: workflows.at(-1)! };
  const report = await backtest({ client, registry, ...books, onProgress, ...how });
  return { ok: true, report };
}
