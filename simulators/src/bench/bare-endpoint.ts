import { join } from 'node:path';
import { Child, sentenceOf } from '../station/child.ts';
import { Failure } from '../station/failure.ts';

const graceMs = 6_000;

/** Our MQTT endpoint with no work behind it, as a process of its own: what the gateway alone can do. */
export class BareEndpoint {
  readonly #child: Child;
  #onPort: (port: number) => void = () => {};

  /** `project`: root of the checkout. */
  constructor(project: string) {
    this.#child = new Child({
      name: 'bare endpoint',
      command: process.execPath,
      args: [join(project, 'gateway/test/bare-endpoint.ts')],
      cwd: project,
      env: process.env,
      channel: true,
      onLine: (line, stream) => {
        if (stream === 'stdout') this.#onPort((JSON.parse(line) as { port: number }).port);
      },
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves with its port, on 127.0.0.1. */
  async start(): Promise<number> {
    const listening = new Promise<number>((resolve) => {
      this.#onPort = resolve;
    });
    this.#child.start();
    const first = await Promise.race([listening, this.#child.ended]);
    if (typeof first === 'number') return first;
    throw new Failure('server-failed', sentenceOf(first, 'bare endpoint'));
  }

  async stop(): Promise<void> {
    await this.#child.stop(graceMs);
  }
}
