import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Child, sentenceOf } from '../station/child.ts';
import { Failure } from '../station/failure.ts';

/**
 * Mosquitto at its fastest: nothing is limited, nothing written to disk. TCP_NODELAY is left off, as it is by
 * default: with it each PUBACK is a system call that wakes the far end, and 50 × 50 came to 40,000/s instead of
 * 119,000 (one run, busy machine).
 */
const configuration = (port: number) => `listener ${port} 127.0.0.1
allow_anonymous true
persistence false
max_inflight_messages 0
max_queued_messages 0
max_queued_bytes 0
max_connections -1
log_type error
`;

const placesBesidePath = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
const listensWithinMs = 10_000;
const lookMs = 50;
const graceMs = 5_000;

/** Mosquitto as a process of its own, to be compared with. */
export class Mosquitto {
  readonly #program: string;
  #folder: string | null = null;
  #child: Child | null = null;

  constructor(program: string) {
    this.#program = program;
  }

  /** Resolves with its port, on 127.0.0.1. */
  async start(): Promise<number> {
    this.#folder = await mkdtemp(join(tmpdir(), 'fenghuo-mosquitto-'));
    const port = await freePort();
    const file = join(this.#folder, 'mosquitto.conf');
    await writeFile(file, configuration(port));
    const child = new Child({
      name: 'Mosquitto',
      command: this.#program,
      args: ['-c', file],
      cwd: this.#folder,
      env: process.env,
    });
    this.#child = child;
    child.start();
    for (let waited = 0; child.running && waited < listensWithinMs; waited += lookMs) {
      if (await answers(port)) return port;
      await pause(lookMs);
    }
    throw new Failure(
      'server-failed',
      child.running ? 'Mosquitto does not listen.' : await this.#lastWords(child),
    );
  }

  async stop(): Promise<void> {
    await this.#child?.stop(graceMs);
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  async #lastWords(child: Child): Promise<string> {
    return sentenceOf(await child.ended, 'Mosquitto');
  }
}

/** Where Mosquitto is installed; null when it is not. */
export async function findMosquitto(): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...placesBesidePath];
  for (const folder of folders) {
    const program = join(folder, 'mosquitto');
    if (
      await access(program, 1).then(
        () => true,
        () => false,
      )
    )
      return program;
  }
  return null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => {});
    socket.once('close', (failed) => resolve(!failed));
  });
}
