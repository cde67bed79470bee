import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of the test's own, out of a file beside this one; ended when the test leaves its scope. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;

  constructor(file: string, ...parameters: (string | number)[]) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    this.#process = fork(path, parameters.map(String), { execArgv: [] });
  }

  send(message: string): void {
    this.#process.send(message);
  }

  /** Takes it off the processor, or ends it. */
  signal(signal: 'SIGSTOP' | 'SIGKILL'): void {
    this.#process.kill(signal);
  }

  /** What it says next; rejects when it ends instead. */
  async hears<T>(): Promise<T> {
    const [said] = await Promise.race([
      once(this.#process, 'message'),
      once(this.#process, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
    ]);
    return said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}
