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
  /** Part of all messages that are sent twice, and connections cut a second; none when left out. */
  redeliver?: number;
  cutsPerSecond?: number;
  /** File for what was acknowledged, device by device. */
  acknowledged?: string;
  /** Its connections are open and it begins; its last acknowledgement has come. */
  onOpen?: () => void;
  onOver?: () => void;
  onProgress: (line: string) => void;
}

/** How a load is spread: few bridges with many messages in flight each, or many devices with one. */
export interface Shape {
  connections: number;
  window: number;
}

const graceMs = 2_000;
/** How `simulators/src/flood.ts` ends its line when it begins. */
const allOpen = ' connections are open';

export class FloodProcess {
  readonly #child: Child;
  #report: FloodReport | null = null;

  constructor(options: FloodProcessOptions) {
    const { project, credential } = options;
    this.#child = new Child({
      name: 'flood',
      command: process.execPath,
      args: [join(project, 'simulators/src/flood.ts'), ...argumentsOf(options)],
      cwd: project,
      env: { ...process.env, FENGHUO_PASSWORD: credential?.secret ?? '' },
      onLine: (line, stream) => this.#hear(options, line, stream),
    });
  }

  /** Floods from its start to its last acknowledgement, and until its file is written. */
  async run(): Promise<FloodReport> {
    this.#child.start();
    const ended = await this.#child.ended;
    if (this.#report !== null && ended.code === 0) return this.#report;
    throw new Failure('flood-failed', sentenceOf(ended, 'flood'));
  }

  async stop(): Promise<void> {
    await this.#child.stop(graceMs);
  }

  #hear(options: FloodProcessOptions, line: string, stream: 'stdout' | 'stderr'): void {
    const { onProgress, onOpen, onOver } = options;
    if (stream === 'stdout') {
      this.#report = JSON.parse(line) as FloodReport;
      onOver?.();
      return;
    }
    onProgress(line.replace(/^flood: /, ''));
    if (line.endsWith(allOpen)) onOpen?.();
  }
}

function argumentsOf(options: FloodProcessOptions): string[] {
  const { port, credential, devicesFrom, shape, rate, seconds, seed, acknowledged } = options;
  const { redeliver = 0, cutsPerSecond = 0 } = options;
  return [
    ...['--target', `mqtt://127.0.0.1:${port}`, '--devices-from', devicesFrom, '--seed', seed, '--json'],
    ...['--connections', String(shape.connections), '--window', String(shape.window)],
    ...['--rate', String(rate), '--duration', String(seconds)],
    ...['--redeliver', String(redeliver), '--cut-per-second', String(cutsPerSecond)],
    ...(credential === undefined ? [] : ['--username', credential.username]),
    ...(acknowledged === undefined ? [] : ['--acknowledged', acknowledged]),
  ];
}
