import { randomUUID } from 'node:crypto';
import { createGateway } from '@fenghuo/gateway/gateway.ts';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { DeviceClocks } from '@fenghuo/gateway/liveness/device-clocks.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Client } from 'pg';
import { pino } from 'pino';
import { Registry as Metrics } from 'prom-client';
import { LivenessKeeper } from '../src/engine/liveness-keeper.ts';
import type { Writer } from '../src/engine/writer.ts';
import { connectClient } from '../src/store/pool.ts';
import type { TestDatabase } from './database.ts';
import { county } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';

/** A time that a test moves, shared by every station of the test. */
export interface MovedClock {
  now: number;
}

const log = pino({ level: 'silent' });
/** One tick of a moved clock, ms: as long as may pass between two without being taken for a standstill. */
const stepMs = 9000;

/** Endpoint, writer and supervision of a small county on a real database, under a clock that is moved by hand. */
export class SupervisedStation {
  readonly lastSeen = new LastSeen();
  readonly queue = new IntakeQueue({ bound: 4 });
  readonly #clock: MovedClock;
  readonly #ends: (() => Promise<unknown>)[] = [];
  #serial = 0;
  /** A bridge over the whole county, connected to the endpoint. */
  bridge!: MqttClient;
  keeper!: LivenessKeeper;
  #writer!: Writer;

  constructor(clock: MovedClock) {
    this.#clock = clock;
  }

  async start(database: TestDatabase): Promise<void> {
    const { lastSeen, queue } = this;
    const clock = () => this.#clock.now;
    const clocks = new DeviceClocks();
    const pool = await connectClient({ url: database.appUrl, name: 'keeper', pipeline: true });
    this.#ends.push(() => pool.end());
    const { writer, registry } = await startStandingWriter(database.appUrl, { clock, intake: queue });
    this.#writer = writer;
    this.#ends.push(() => writer.stop());
    const moment = () => ({ now: clock(), monotonic: clock() });
    const canHear = () => !queue.isFull;
    this.keeper = new LivenessKeeper({
      pool,
      registry,
      lastSeen,
      clocks,
      queue,
      canHear,
      moment,
      log,
      rulebook: () => writer.rulebook,
    });
    await this.keeper.restore();
    this.#ends.push(() => this.keeper.settled());
    const principal = { name: 'bridge', kind: 'bridge' as const, run: null, clientId: null, county };
    const gateway = createGateway({
      ...{ clock, queue, lastSeen, clocks, log, metrics: new Metrics() },
      principals: {
        authenticate: async () => ({ ...principal, mayPublish: () => true, mayUse: () => true }),
      },
      county,
      devices: registry.devices,
      identities: { deviceOf: () => null },
      carriers: { find: async () => null },
      endpoint: { host: '127.0.0.1', port: 0 },
    });
    this.#ends.push(() => gateway.stop());
    const port = (await gateway.start()).port!;
    this.bridge = await connectAsync({ ...{ host: '127.0.0.1', port }, username: 'b', password: 'b' });
    this.#ends.push(() => this.bridge.endAsync());
  }

  /** Ends; without a last word it is as if the process had been killed. */
  async stop({ lastWord }: { lastWord: boolean }): Promise<void> {
    if (lastWord) await this.keeper.stop();
    for (const end of this.#ends.splice(0).reverse()) await end();
  }

  async say(device: string, message: object, retain = false): Promise<void> {
    const topic = `fenghuo/v1/${county}/${device}/event`;
    await this.bridge.publishAsync(topic, JSON.stringify(message), { qos: 1, retain });
  }

  /** Heartbeats: acknowledged once they are noted. */
  async beat(...devices: string[]): Promise<void> {
    for (const device of devices)
      await this.bridge.publishAsync(`fenghuo/v1/${county}/${device}/heartbeat`, '', { qos: 1 });
  }

  /** An act of a person, answered. */
  async order(
    db: Client,
    body: { act: string; subject: string } & Record<string, unknown>,
  ): Promise<unknown> {
    const id = randomUUID();
    const actor = { account: 'li', name: '李', role: 'dispatcher', area: county };
    await db.query('insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)', [
      ...[id, county, actor, { id, seat: '', reason: '', ...body }],
    ]);
    this.#writer.commandArrived();
    for (;;) {
      const { rows } = await db.query('select answer from fenghuo.command where id = $1', [id]);
      if (rows[0].answer !== null) return rows[0].answer;
    }
  }

  /** Time passes, tick by tick; `each` after every tick. Resolves when what was found is stored. */
  async pass(ms: number, each: () => void = () => {}): Promise<void> {
    await this.tick(ms, each);
    await this.#stored();
  }

  async tick(ms: number, each: () => void = () => {}): Promise<void> {
    for (const end = this.#clock.now + ms; this.#clock.now < end; ) {
      this.#clock.now = Math.min(end, this.#clock.now + stepMs);
      each();
      this.keeper.tick();
    }
    await this.keeper.settled();
    this.keeper.tick();
    await this.keeper.settled();
  }

  /** All that lies in the queue now is stored once a message behind it is; nobody waits for a stranger. */
  async #stored(): Promise<void> {
    this.#serial += 1;
    await this.say('NEW-1', { kind: 'test', id: `${this.#clock.now}-${this.#serial}` });
  }
}
