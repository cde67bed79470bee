import { join } from 'node:path';
import { Child, type Ended, sentenceOf } from './child.ts';
import { Failure } from './failure.ts';
import { readStation, type Station } from './station-file.ts';

export interface ServerProcessOptions {
  /** Root of the checkout. */
  project: string;
  /** Data folder of the server. */
  data: string;
  /** Settings; see `alarm-engine/src/settings.ts`. */
  env: NodeJS.ProcessEnv;
  /** What the server does during its start, in words. */
  onProgress: (doing: string) => void;
  /** Every other line that it writes. */
  onLog: (line: string) => void;
}

const ownWords = '[fenghuo] ';
/** A start that takes longer has hung. The first start on a slow machine takes about 30 s. */
const readyWithinMs = 180_000;

/** The alarm engine as a process of its own, from its start to its drained stop. */
export class ServerProcess {
  readonly #options: ServerProcessOptions;
  readonly #child: Child;
  #onReady: () => void = () => {};

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    const { project, data, env } = options;
    this.#child = new Child({
      name: 'server',
      command: process.execPath,
      args: [join(project, 'alarm-engine/src/main.ts')],
      cwd: project,
      env: { ...env, FENGHUO_DATA: data },
      onLine: (line) => this.#hear(line),
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.running;
  }

  get ended(): Promise<Ended> {
    return this.#child.ended;
  }

  /** Resolves when devices and people can connect; fails with the server's own sentence. */
  async start(): Promise<Station> {
    const ready = new Promise<'ready'>((resolve) => {
      this.#onReady = () => resolve('ready');
    });
    this.#child.start();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), readyWithinMs);
    });
    const first = await Promise.race([ready, late, this.#child.ended]).finally(() => clearTimeout(timer));
    if (first === 'late') throw new Failure('timeout', 'The server was not ready after three minutes.');
    if (first !== 'ready') throw new Failure('server-failed', sentenceOf(first, 'server'));
    const station = await readStation(this.#options.data);
    if (station === null) throw new Failure('server-failed', 'The server is ready but left no station.json.');
    return station;
  }

  /** SIGTERM and time to drain; true when it needed no more. */
  stop(graceMs: number): Promise<boolean> {
    return this.#child.stop(graceMs);
  }

  kill(): void {
    this.#child.kill();
  }

  #hear(line: string): void {
    const { onProgress, onLog } = this.#options;
    if (line.startsWith(ownWords)) onProgress(line.slice(ownWords.length));
    else onLog(line);
    if (isReady(line)) this.#onReady();
  }
}

function isReady(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return (JSON.parse(line) as { msg?: unknown }).msg === 'ready';
  } catch {
    return false;
  }
}
