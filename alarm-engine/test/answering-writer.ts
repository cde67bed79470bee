import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import pg from 'pg';

type Decide = (command: Command, engineNo: number) => CommandAnswer;

/** Stands in for the writer where the web is tested: takes commands as they come and answers each at once. */
export class AnsweringWriter {
  readonly #client: pg.Client;
  readonly #decide: Decide;
  #work: Promise<void> = Promise.resolve();
  /** Commands in the order in which they were taken, save that somebody came in. */
  readonly taken: Command[] = [];
  /** Payload of the notification; null sends none. `ids` names the commands. */
  notify: 'ids' | '*' | null = 'ids';

  constructor(databaseUrl: string, decide: Decide = done) {
    this.#client = new pg.Client(databaseUrl);
    this.#decide = decide;
  }

  async start(): Promise<void> {
    await this.#client.connect();
    this.#client.on('notification', () => {
      this.#work = this.#work.then(() => this.answerAll());
    });
    await this.#client.query('listen fenghuo_command');
  }

  /** A command that comes while it stops is nobody's to answer. */
  async stop(): Promise<void> {
    this.#client.removeAllListeners('notification');
    await this.#work;
    await this.#client.end();
  }

  async answerAll(): Promise<void> {
    const { rows } = await this.#client.query<{ body: Command }>(
      'select body from fenghuo.command where answer is null order by arrived_no',
    );
    for (const { body } of rows) {
      if (body.act !== 'sign-in') this.taken.push(body);
      const answer = this.#decide(body, this.taken.length);
      await this.#client.query('begin');
      await this.#client.query('update fenghuo.command set answer = $2 where id = $1', [body.id, answer]);
      if (this.notify !== null) {
        const payload = this.notify === 'ids' ? JSON.stringify([body.id]) : '*';
        await this.#client.query(`select pg_notify('fenghuo_answer', $1)`, [payload]);
      }
      await this.#client.query('commit');
    }
  }
}

/** The answer of a writer that did it. */
export function done(command: Command, engineNo: number): CommandAnswer {
  return { ok: true, id: command.id, engineNo, version: 2 };
}
