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
  /** What else goes on during the flood. */
  beside?: (station: RunningStation) => Promise<Beside>;
  /** Told how to end it early, whatever it is at. */
  onBegin: (stop: () => Promise<void>) => void;
}

export interface Beside {
  /** The flood begins; its last acknowledgement has come. */
  begin(): void;
  end(): void;
  /** `acknowledged`: the file with what the flood had acknowledged. The station still stands. */
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
export function durableRun(options: DurableRunOptions): Promise<DurableRun> {
  return new StationUnderFlood(options).run();
}

class StationUnderFlood {
  readonly #options: DurableRunOptions;
  readonly #station: BenchStation;
  #folder: string | null = null;
  #beside: Beside | undefined;
  #flood: FloodProcess | null = null;

  constructor(options: DurableRunOptions) {
    this.#options = options;
    this.#station = new BenchStation(options);
  }

  async run(): Promise<DurableRun> {
    const { onProgress, onBegin, beside } = this.#options;
    onBegin(() => this.#stop());
    try {
      this.#folder = await mkdtemp(join(tmpdir(), 'fenghuo-flood-'));
      const acknowledged = join(this.#folder, 'acknowledged.csv');
      const running = await this.#station.start();
      await requireDurable(running.databaseUrl);
      this.#beside = await beside?.(running);
      const measured = await this.#measure(running, acknowledged);
      await this.#beside?.finish(acknowledged);
      onProgress('reading the truth from the database');
      return { ...measured, truth: await readTruth(running.databaseUrl, acknowledged) };
    } finally {
      await this.#stop();
    }
  }

  async #measure(running: RunningStation, acknowledged: string): Promise<Omit<DurableRun, 'truth'>> {
    const { mqttPort: port, bridge: credential, serverPid, postgresPid } = running;
    const usage = () => Promise.all([cpuTimeUs(serverPid), cpuTimeUs(postgresPid)]);
    this.#flood = new FloodProcess({
      ...this.#options,
      port,
      credential,
      devicesFrom: this.#options.estate,
      acknowledged,
      onOpen: () => this.#beside?.begin(),
      onOver: () => this.#beside?.end(),
    });
    const [serverBefore, postgresBefore] = await usage();
    const flood = await this.#flood.run();
    const [serverAfter, postgresAfter] = await usage();
    return {
      flood,
      serverPeakBytes: await peakMemoryBytes(serverPid),
      serverCpuUs: spent(serverBefore, serverAfter),
      postgresCpuUs: spent(postgresBefore, postgresAfter),
    };
  }

  async #stop(): Promise<void> {
    await this.#flood?.stop();
    await this.#beside?.stop();
    await this.#station.stop();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }
}

function spent(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
