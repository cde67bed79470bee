import { devicePage } from '@fenghuo/contracts/rest.ts';
import { LatencyHistogram } from '../flood/latency-histogram.ts';
import { Failure } from '../station/failure.ts';
import type { RestSession } from '../station/rest-session.ts';

const readsPerSecond = 10;

/**
 * A desk at work: reads ten times a second, by the clock, what a desk reads. Counted from the moment meant for
 * each to the last byte of its answer.
 */
export class RestProbe {
  readonly histogram = new LatencyHistogram();
  readonly #url: string;
  readonly #session: RestSession;
  readonly #running = new Set<Promise<void>>();
  #paths: string[] = [];
  #failure: Failure | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(url: string, session: RestSession) {
    this.#url = url;
    this.#session = session;
  }

  /**
   * Chooses what to read, and reads it once: a room has its screens on before the flood comes. The first map of
   * 212,000 points after a start costs the server 0.5 s in one piece, which would be all that p99 tells.
   */
  async prepare(): Promise<void> {
    this.#paths = await this.#typicalReads();
    for (const path of this.#paths) await this.#get(path);
  }

  begin(): void {
    const startedAt = performance.now();
    let next = 0;
    this.#timer = setInterval(
      () => {
        for (; startedAt + (next * 1000) / readsPerSecond <= performance.now(); next++)
          this.#start(this.#paths[next % this.#paths.length]!, startedAt + (next * 1000) / readsPerSecond);
      },
      1000 / readsPerSecond / 4,
    );
  }

  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Waits for the reads that are under way; fails when one was not answered as it should. */
  async finish(): Promise<void> {
    this.end();
    await Promise.all(this.#running);
    if (this.#failure !== null) throw this.#failure;
  }

  async #typicalReads(): Promise<string[]> {
    const { devices } = await this.#session.get('/devices?type=smoke&limit=1', devicePage);
    const [device] = devices;
    if (device?.building == null)
      throw new Failure('bad-answer', 'The county has no smoke detector in a building.');
    return [
      '/incidents?state=open&limit=100',
      `/devices/${encodeURIComponent(device.id)}`,
      '/map/points',
      '/incidents?limit=20',
      `/buildings/${encodeURIComponent(device.building)}`,
      `/devices?building=${encodeURIComponent(device.building)}`,
    ];
  }

  #start(path: string, intendedAt: number): void {
    const reading = this.#read(path, intendedAt)
      .catch((error: Error) => {
        this.#failure ??= new Failure('bad-answer', `GET ${path} failed during the flood: ${error.message}.`);
      })
      .finally(() => this.#running.delete(reading));
    this.#running.add(reading);
  }

  async #read(path: string, intendedAt: number): Promise<void> {
    await this.#get(path);
    this.histogram.record((performance.now() - intendedAt) * 1000);
  }

  async #get(path: string): Promise<void> {
    const headers = { cookie: this.#session.cookie, 'accept-encoding': 'gzip' };
    const response = await fetch(new URL(`/api/v1${path}`, this.#url), { headers });
    await response.arrayBuffer();
    if (!response.ok)
      throw new Failure('bad-answer', `GET ${path} is answered with status ${response.status}.`);
  }
}
