import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EstateSize, generateEstate } from '../station/estate-process.ts';
import { Failure } from '../station/failure.ts';
import { type DurableRun, type DurableRunOptions, durableRun } from './durable-run.ts';
import type { Shape } from './flood-process.ts';
import { type IngestReport, ingestReport } from './ingest-report.ts';
import { bareRate, mosquittoRate, type RawRateOptions } from './raw-rates.ts';
import { ScreenAndDesk } from './screen-and-desk.ts';

export interface IngestBenchOptions {
  /** Root of the checkout. */
  project: string;
  /** Of each flood into the station at full pace. */
  seconds: number;
  /** Of each raw rate. */
  rawSeconds: number;
  /** Of the flood at half pace. */
  halfSeconds: number;
  /** Left out: Wenling's own size. */
  estate: EstateSize;
  onProgress: (line: string) => void;
}

const graceMs = 2_000;

/** Fifty bridges with fifty messages in flight each; two thousand devices that wait for each acknowledgement. */
const bridges: Shape = { connections: 50, window: 50 };
const devices: Shape = { connections: 2_000, window: 1 };

/**
 * How fast the station stores, beside what the same machine does in the same run without storing: the endpoint
 * alone, Mosquitto, then the station at both shapes, then at half of its rate with people at the screens. Each part
 * has processes, ports and folders of its own, and begins with a fresh station.
 */
export class IngestBench {
  readonly #options: IngestBenchOptions;
  #stopPart: () => Promise<void> = async () => {};
  #stopping = false;

  constructor(options: IngestBenchOptions) {
    this.#options = options;
  }

  async run(): Promise<IngestReport> {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-estate-'));
    try {
      const estate = join(folder, 'estate');
      const { project, estate: size } = this.#options;
      await generateEstate({
        ...{ project, folder: estate, ...size, onProgress: this.#telling('estate') },
        onChild: (child) => this.#begin(async () => void (await child.stop(graceMs))),
      });
      return await this.#measure(estate);
    } catch (error) {
      throw this.#stopping ? new Failure('stopped', 'The bench was stopped.') : error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Ends it early: what runs is stopped and what it left is removed, and {@link run} fails. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#stopPart();
  }

  /** A part begins, unless all is to end. */
  #begin(stop: () => Promise<void>): void {
    if (this.#stopping) throw new Error('no further part begins');
    this.#stopPart = stop;
  }

  async #measure(estate: string): Promise<IngestReport> {
    const { seconds, halfSeconds } = this.#options;
    const raw = {
      bare: await bareRate(this.#raw('endpoint alone, 50 × 50'), bridges),
      mosquitto: await mosquittoRate(this.#raw('Mosquitto, 50 × 50'), bridges),
      bare2000: await bareRate(this.#raw('endpoint alone, 2,000 × 1'), devices),
      mosquitto2000: await mosquittoRate(this.#raw('Mosquitto, 2,000 × 1'), devices),
    };
    const full = { estate, rate: 'max', seconds } as const;
    const durable = await this.#durable('station, 50 × 50', { ...full, shape: bridges });
    const durable2000 = await this.#durable('station, 2,000 × 1', { ...full, shape: devices });
    const rate = Math.max(1, Math.floor(durable.flood.msgs_per_s / 2));
    let people: ScreenAndDesk | undefined;
    const half = await this.#durable('station at half pace, people at the screens', {
      ...{ estate, rate, seconds: halfSeconds, shape: bridges },
      beside: async (station) => {
        people = await ScreenAndDesk.seated(station);
        return people;
      },
    });
    return ingestReport({ raw, durable, durable2000, half, people: people!, seconds });
  }

  #durable(
    part: string,
    more: Omit<DurableRunOptions, 'project' | 'seed' | 'onProgress' | 'onBegin'>,
  ): Promise<DurableRun> {
    const { project } = this.#options;
    return durableRun({ project, seed: 'bench', ...this.#part(part), ...more });
  }

  #raw(part: string): RawRateOptions {
    const { project, rawSeconds: seconds } = this.#options;
    return { project, seconds, ...this.#part(part) };
  }

  #part(part: string) {
    const onBegin = (stop: () => Promise<void>) => this.#begin(stop);
    return { onProgress: this.#telling(part), onBegin };
  }

  #telling(part: string): (line: string) => void {
    return (line) => this.#options.onProgress(`${part}: ${line}`);
  }
}
