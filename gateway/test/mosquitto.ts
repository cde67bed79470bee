import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const shipped = new URL('../../docker/mosquitto.conf', import.meta.url);
const shippedAccess = new URL('../../docker/mosquitto-access.conf', import.meta.url);
/** Debian keeps it where only root looks. */
const searchPath = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const run = promisify(execFile);

export interface MosquittoOptions {
  /** Lines of configuration that stand instead of the shipped ones of the same name. */
  settings?: readonly string[];
  /** Lets in these only, each with the password `secret` and what `docker/mosquitto-access.conf` allows. */
  users?: readonly string[];
  /** Notes each packet in {@link Mosquitto.log}. */
  verbose?: boolean;
}

/** A real Mosquitto with `docker/mosquitto.conf`, in a folder and on a port of its own; the port stays. */
export class Mosquitto implements AsyncDisposable {
  readonly port: number;
  readonly log: string[] = [];
  readonly #folder: string;
  #child: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const broker = await Mosquitto.prepared(options);
    await broker.start();
    return broker;
  }

  /** Not running yet. */
  static async prepared({
    settings = [],
    users = [],
    verbose = false,
  }: MosquittoOptions = {}): Promise<Mosquitto> {
    const folder = mkdtempSync(path.join(tmpdir(), 'fenghuo-mosquitto-'));
    const broker = new Mosquitto(folder, await freePort());
    const own = [
      `listener ${broker.port} 127.0.0.1`,
      ...(await access(folder, users)),
      `persistence_location ${folder}/`,
      'log_dest stderr',
      `log_type ${verbose ? 'all' : 'information'}`,
      ...(process.getuid?.() === 0 ? ['user root'] : []),
      ...settings,
    ];
    writeFileSync(path.join(folder, 'mosquitto.conf'), configuration(own));
    return broker;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const child = spawn('mosquitto', ['-c', path.join(this.#folder, 'mosquitto.conf')], {
      env: { ...process.env, PATH: searchPath },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('error', () => reject(new Error(missing)));
      child.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}: ${this.log.at(-1)}`)));
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.log.push(line);
        if (/mosquitto version \S+ running/.test(line)) resolve();
      });
    });
  }

  /** SIGTERM: it saves what it holds. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Forgets all sessions and messages; while it is stopped. */
  forget(): void {
    rmSync(this.#database, { force: true });
  }

  /** True once this text is in what it has saved. */
  hasSaved(text: string): boolean {
    try {
      return readFileSync(this.#database).includes(text);
    } catch {
      return false;
    }
  }

  /** How many lines of the log match. */
  told(pattern: RegExp): number {
    return this.log.filter((line) => pattern.test(line)).length;
  }

  /** `mosquitto_pub` with these arguments; resolves when it is done, with QoS 1 when it was acknowledged. */
  async publish(topic: string, message: string, ...more: string[]): Promise<void> {
    const where = ['-h', '127.0.0.1', '-p', String(this.port)];
    await run('mosquitto_pub', [...where, '-q', '1', '-t', topic, '-m', message, ...more]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true });
  }

  get #database(): string {
    return path.join(this.#folder, 'mosquitto.db');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

const missing =
  'This test needs the MQTT broker Mosquitto: install the packages mosquitto and mosquitto-clients (.ci/run does).';

/** The shipped configuration, with `own` in place of its lines of the same name, and of all that needs a file. */
function configuration(own: readonly string[]): string {
  const nameOf = (line: string) => line.split(' ')[0]!;
  const replaced = new Set([...own.map(nameOf), 'password_file', 'acl_file']);
  const kept = readFileSync(shipped, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !replaced.has(nameOf(line)));
  return [...own, ...kept, ''].join('\n');
}

async function access(folder: string, users: readonly string[]): Promise<string[]> {
  if (users.length === 0) return ['allow_anonymous true'];
  const file = path.join(folder, 'passwords');
  writeFileSync(file, '');
  for (const user of users) await run('mosquitto_passwd', ['-b', file, user, 'secret']);
  return ['allow_anonymous false', `password_file ${file}`, `acl_file ${fileURLToPath(shippedAccess)}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
