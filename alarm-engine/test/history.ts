import { randomUUID } from 'node:crypto';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import type { Writer } from '../src/engine/writer.ts';
import { noon } from './records.ts';
import { county } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';

/** Makes history: a real writer on a real database, under a clock that is moved by hand. */
export class History {
  now = noon;
  readonly outside: Client;
  readonly #appUrl: string;
  #writer: Writer | null = null;
  #intake = new IntakeQueue();
  #ident = 0n;

  /** `outside` may do everything. */
  constructor(appUrl: string, outside: Client) {
    this.#appUrl = appUrl;
    this.outside = outside;
  }

  async start(): Promise<void> {
    const { writer, intake } = await startStandingWriter(this.#appUrl, { clock: () => this.now });
    this.#writer = writer;
    this.#intake = intake;
  }

  async stop(): Promise<void> {
    await this.#writer?.stop();
    this.#writer = null;
  }

  /** An event of now; each with an identity of its own unless it is given one. */
  event(of: Partial<DeviceEvent>): DeviceEvent {
    this.#ident += 1n;
    return {
      ...{ deviceId: 'S-1', run: null, at: this.now, hasDeviceTime: true, ident: this.#ident, kind: 'smoke' },
      ...{ state: 'alarm', value: null, unit: null, attrs: null, receivedAt: this.now, late: false },
      ...{ delayed: false, skewed: false, retained: false, source: 'test' },
      ...of,
    };
  }

  /** Resolves when all of them are acknowledged. */
  async say(...events: DeviceEvent[]): Promise<void> {
    const intake = this.#intake;
    await Promise.all(
      events.map((event) => new Promise<void>((acknowledge) => intake.push({ event, acknowledge }, 100))),
    );
  }

  /** Resolves with the writer's answer. */
  async order(body: { act: string; subject: string } & Record<string, unknown>, role = 'commander') {
    const id = randomUUID();
    await this.outside.query(
      'insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)',
      [id, county, { account: role, name: role, role, area: county }, { id, seat: '', reason: '', ...body }],
    );
    this.#writer!.commandArrived();
    for (;;) {
      const found = await this.outside.query<{ answer: Record<string, unknown> | null }>(
        'select answer from fenghuo.command where id = $1',
        [id],
      );
      if (found.rows[0]?.answer) return found.rows[0].answer;
    }
  }

  /** Moves the clock, and resolves when what is due by then was fired. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    this.#writer!.commandArrived();
    for (;;) {
      const { rows } = await this.outside.query(
        'select from fenghuo.due where due_at <= to_timestamp($1::float8 / 1000) limit 1',
        [this.now],
      );
      if (rows.length === 0) return;
    }
  }

  async documents<T = Record<string, unknown>>(table: string): Promise<T[]> {
    const { rows } = await this.outside.query<{ doc: T }>(`select doc from fenghuo.${table} order by id`);
    return rows.map(({ doc }) => doc);
  }
}
