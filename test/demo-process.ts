import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

export interface DemoSettings {
  /** Data folder. */
  data: string;
  args?: readonly string[];
  env?: Record<string, string>;
}

/** Small enough to stand within seconds. */
const smallEstate = ['--detectors', '2000', '--cameras', '200', '--buildings', '200'];

/** `npm run demo` as a process, on free ports, with all that it said. */
export class DemoProcess {
  readonly #process: ChildProcess;
  readonly #watchers = new Set<() => void>();
  readonly exited: Promise<number | null>;
  output = '';
  errors = '';

  constructor({ data, args = smallEstate, env = {} }: DemoSettings) {
    this.#process = spawn(process.execPath, ['simulators/src/demo.ts', ...args], {
      cwd: project,
      env: { ...process.env, FENGHUO_DATA: data, FENGHUO_HTTP_PORT: '0', FENGHUO_MQTT_PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.stdout?.on('data', (chunk) => this.#hear('output', chunk));
    this.#process.stderr?.on('data', (chunk) => this.#hear('errors', chunk));
    this.exited = once(this.#process, 'close').then(([code]) => code as number | null);
  }

  /** Resolves once the demo has said this; fails when it ends before. */
  async says(words: string): Promise<void> {
    let look = () => {};
    const said = new Promise<'said'>((resolve) => {
      look = () => {
        if (this.output.includes(words)) resolve('said');
      };
      this.#watchers.add(look);
      look();
    });
    const first = await Promise.race([said, this.exited]);
    this.#watchers.delete(look);
    if (first !== 'said') throw new Error(`the demo ended (${first}):\n${this.output}\n${this.errors}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  #hear(stream: 'output' | 'errors', chunk: Buffer): void {
    this[stream] += chunk.toString();
    for (const watcher of this.#watchers) watcher();
  }
}
