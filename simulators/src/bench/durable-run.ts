import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FloodReport } from '../flood/flood-report.ts';
import { BenchStation, type RunningStation } from './bench-station.ts';
import { FloodProcess, type Shape } from './flood-process.ts';
import { cpuTimeUs, peakMemoryBytes } from './process-usage.ts';
import { readTruth, requireDurable, type Truth } from './truth.ts';

export interface DurableRunOptions {
  project: string;
  estate: string;
  shape: Shape;
  rate: number | 'max';
  seconds: number;
  seed: string;
  onProgress: (line: string) => void;
  /** What else goes on during the flood; its end is waited for after the flood, before the station stops. */
  beside?: (station: RunningStation) => Promise<Beside>;
}

export interface Beside {
  /** `acknowledged`: the file with what the flood had acknowledged. */
  finish(acknowledged: string): Promise<void>;
  stop(): Promise<void>;
}

export interface DurableRun {
  flood: FloodReport;
  truth: Truth;
  serverPeakBytes: number | null;
  serverCpuUs: number | null;
  postgresCpuUs: number | null;
}

/**
 * One flood into a whole station of its own, default rulebook, deduplication on, database safe or refused; then
 * the truth out of its database.
 */
export async function durableRun(options: DurableRunOptions): Promise<DurableRun> {
  const { onProgress, beside } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-flood-'));
  const station = new BenchStation(options);
  let side: Beside | undefined;
  try {
    const running = await station.start();
    await requireDurable(running.databaseUrl);
    side = await beside?.(running);
    const acknowledged = join(folder, 'acknowledged.csv');
    const run = await measuredFlood(options, running, acknowledged);
    await side?.finish(acknowledged);
    onProgress('reading the truth from the database');
    return { ...run, truth: await readTruth(running.databaseUrl, acknowledged) };
  } finally {
    await side?.stop();
    await station.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measuredFlood(
  options: DurableRunOptions,
  { mqttPort: port, bridge: credential, serverPid, postgresPid }: RunningStation,
  acknowledged: string,
): Promise<Omit<DurableRun, 'truth'>> {
  const { estate: devicesFrom } = options;
  const usage = () => Promise.all([cpuTimeUs(serverPid), cpuTimeUs(postgresPid)]);
  const [serverBefore, postgresBefore] = await usage();
  const flood = await new FloodProcess({ ...options, port, credential, devicesFrom, acknowledged }).run();
  const [serverAfter, postgresAfter] = await usage();
  return {
    flood,
    serverPeakBytes: await peakMemoryBytes(serverPid),
    serverCpuUs: spent(serverBefore, serverAfter),
    postgresCpuUs: spent(postgresBefore, postgresAfter),
  };
}

function spent(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
