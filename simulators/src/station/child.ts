import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  /** What people call it. */
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** It is told by a closed channel when this process is gone, however it went. */
  channel?: boolean;
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface Ended {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Its last lines on stderr, oldest first. */
  lastWords: string[];
}

const keptLines = 20;

/**
 * A process that this one started and is answerable for. It has a process group of its own, so that Ctrl-C
 * reaches only us and we stop things in order.
 */
export class Child {
  readonly #options: ChildOptions;
  readonly #lastWords: string[] = [];
  #process: ChildProcess | null = null;
  #ended: Promise<Ended> = Promise.reject(new Error('not started'));

  constructor(options: ChildOptions) {
    this.#options = options;
    this.#ended.catch(() => {});
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when it has ended and everything that it said was read. */
  get ended(): Promise<Ended> {
    return this.#ended;
  }

  get running(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  start(): void {
    const { command, args, cwd, env, channel = false } = this.#options;
    const child = spawn(command, args, {
      cwd,
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', channel ? 'ipc' : 'ignore'],
    });
    this.#process = child;
    this.#read(child, 'stdout');
    this.#read(child, 'stderr');
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#lastWords.push(error.message);
        resolve({ code: null, signal: null, lastWords: this.#lastWords });
      });
      child.once('close', (code, signal) => resolve({ code, signal, lastWords: this.#lastWords }));
    });
  }

  /** SIGTERM, and SIGKILL when it has not ended after `graceMs`. True when it ended by itself. */
  async stop(graceMs: number): Promise<boolean> {
    if (!this.running) return true;
    this.#process?.kill('SIGTERM');
    const inTime = await within(graceMs, this.#ended);
    if (!inTime) this.kill();
    await this.#ended;
    return inTime;
  }

  /** Says something through the channel. */
  send(message: string): void {
    this.#process?.send(message);
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  #read(child: ChildProcess, stream: 'stdout' | 'stderr'): void {
    const input = child[stream];
    if (input === null) return;
    createInterface({ input }).on('line', (line) => {
      if (stream === 'stderr') this.#keep(line);
      this.#options.onLine?.(line, stream);
    });
  }

  #keep(line: string): void {
    this.#lastWords.push(line);
    if (this.#lastWords.length > keptLines) this.#lastWords.shift();
  }
}

/** What a process that failed has to say: its own sentence when it left one, else how it ended. */
export function sentenceOf({ code, signal, lastWords }: Ended, name: string): string {
  const words = lastWords.filter((line) => line.trim() !== '' && !isNodeNotice(line));
  const trace = words.some((line) => /^\s+at /.test(line));
  if (words.length > 0 && words.length <= 3 && !trace) return words.join(' ');
  const error = words.find((line) => /^\w*Error/.test(line));
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `The ${name} ended ${how}${error === undefined ? '' : `: ${error}`}.`;
}

function isNodeNotice(line: string): boolean {
  return /^\(node:\d+\)|^\(Use `node/.test(line);
}

/** True when the promise settles within so many milliseconds. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
