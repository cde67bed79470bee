import { join } from 'node:path';
import { Child, sentenceOf } from '../station/child.ts';
import { Failure } from '../station/failure.ts';

export interface BareEndpointOptions {
  /** Root of the checkout. */
  project: string;
  /** Any free one when left out. */
  port?: number;
}

const graceMs = 6_000;

/** Our MQTT endpoint with no work behind it, as a process of its own: what the gateway alone can do. */
export class BareEndpoint {
  readonly #child: Child;
  #onPort: (port: number) => void = () => {};

  constructor({ project, port = 0 }: BareEndpointOptions) {
    this.#child = new Child({
      name: 'bare endpoint',
      command: process.execPath,
      args: [join(project, 'gateway/test/bare-endpoint.ts'), String(port)],
      cwd: project,
      env: process.env,
      channel: true,
      onLine: (line, stream) => {
        if (stream === 'stdout') this.#onPort((JSON.parse(line) as { port: number }).port);
      },
    });
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

  /** As a crash ends it. */
  async kill(): Promise<void> {
    this.#child.kill();
    await this.#child.ended;
  }

  async stop(): Promise<void> {
    await this.#child.stop(graceMs);
  }
}
