import type { FloodReport } from '../flood/flood-report.ts';
import { BareEndpoint } from './bare-endpoint.ts';
import { FloodProcess, type Shape } from './flood-process.ts';
import { findMosquitto, Mosquitto } from './mosquitto.ts';

export interface RawRateOptions {
  project: string;
  seconds: number;
  onProgress: (line: string) => void;
  /** Told how to end it early, whatever it is at. */
  onBegin: (stop: () => Promise<void>) => void;
}

/** A server that takes messages in and does nothing with them. */
interface Sink {
  start(): Promise<number>;
  stop(): Promise<void>;
}

/** As many devices as the county has detectors, with ids as long, since a server may remember topics. */
const devicesFrom = '331081001-R-+170000';

export function bareRate(options: RawRateOptions, shape: Shape): Promise<FloodReport> {
  return rateOf(new BareEndpoint(options), options, shape);
}

/** Null where Mosquitto is not installed. */
export async function mosquittoRate(options: RawRateOptions, shape: Shape): Promise<FloodReport | null> {
  const program = await findMosquitto();
  return program === null ? null : rateOf(new Mosquitto(program), options, shape);
}

async function rateOf(sink: Sink, options: RawRateOptions, shape: Shape): Promise<FloodReport> {
  let flood: FloodProcess | undefined;
  const stop = async () => {
    await flood?.stop();
    await sink.stop();
  };
  options.onBegin(stop);
  try {
    const port = await sink.start();
    flood = new FloodProcess({ ...options, port, devicesFrom, shape, rate: 'max', seed: 'raw' });
    return await flood.run();
  } finally {
    await stop();
  }
}

/** Seconds in which both ends are not compiled yet. */
const warmSeconds = 2;

/**
 * Messages a second once warm: without the first seconds and the last, broken one. What is compared with a raw
 * rate runs for longer and counts whole, so this errs against ourselves.
 */
export function steadyRate({ per_second: counts, msgs_per_s: overall }: FloodReport): number {
  const steady = counts.slice(warmSeconds, -1);
  if (steady.length === 0) return overall;
  return Math.round(steady.reduce((sum, count) => sum + count, 0) / steady.length);
}
