import { join } from 'node:path';
import type { FloodReport } from '../flood/flood-report.ts';
import { Child, sentenceOf } from '../station/child.ts';
import { Failure } from '../station/failure.ts';

/** A flood in a process of its own, told what `simulators/src/flood.ts` takes as options. */
export interface FloodProcessOptions {
  /** Root of the checkout. */
  project: string;
  port: number;
  credential?: { username: string; secret: string } | undefined;
  /** An estate folder, or prefix+count. */
  devicesFrom: string;
  shape: Shape;
  rate: number | 'max';
  seconds: number;
  seed: string;
  /** File for what was acknowledged, device by device. */
  acknowledged?: string;
  onProgress: (line: string) => void;
}

/** How a load is spread: few bridges with many messages in flight each, or many devices with one. */
export interface Shape {
  connections: number;
  window: number;
}

const graceMs = 2_000;

export class FloodProcess {
  readonly #child: Child;
  #report: FloodReport | null = null;

  constructor(options: FloodProcessOptions) {
    const { project, credential, onProgress } = options;
    this.#child = new Child({
      name: 'flood',
      command: process.execPath,
      args: [join(project, 'simulators/src/flood.ts'), ...argumentsOf(options)],
      cwd: project,
      env: { ...process.env, FENGHUO_PASSWORD: credential?.secret ?? '' },
      onLine: (line, stream) => {
        if (stream === 'stdout') this.#report = JSON.parse(line) as FloodReport;
        else onProgress(line.replace(/^flood: /, ''));
      },
    });
  }

  /** Floods from its start to its last acknowledgement. */
  async run(): Promise<FloodReport> {
    this.#child.start();
    const ended = await this.#child.ended;
    if (this.#report !== null) return this.#report;
    throw new Failure('flood-failed', sentenceOf(ended, 'flood'));
  }

  async stop(): Promise<void> {
    await this.#child.stop(graceMs);
  }
}

function argumentsOf(options: FloodProcessOptions): string[] {
  const { port, credential, devicesFrom, shape, rate, seconds, seed, acknowledged } = options;
  return [
    ...['--target', `mqtt://127.0.0.1:${port}`, '--devices-from', devicesFrom, '--seed', seed, '--json'],
    ...['--connections', String(shape.connections), '--window', String(shape.window)],
    ...['--rate', String(rate), '--duration', String(seconds)],
    ...(credential === undefined ? [] : ['--username', credential.username]),
    ...(acknowledged === undefined ? [] : ['--acknowledged', acknowledged]),
  ];
}
