import type { Client } from 'pg';
import type { Logger } from 'pino';
import { answerCommands } from '../store/sql/answer-commands.ts';
import {
  insertQuarantine,
  type QuarantinedMessage,
  quarantinedEvent,
} from '../store/sql/insert-quarantine.ts';
import { runStatements } from '../store/statement-batch.ts';
import type { Batch } from './batch.ts';
import { isDataError } from './database-error.ts';
import type { WriterConnection } from './writer-connection.ts';

export interface SetAsideOptions {
  county: string;
  connection: WriterConnection;
  isStopping: () => boolean;
  log: Logger;
}

/** Milliseconds between two tries. */
const pauseMs = 2000;

/**
 * Keeps what can be neither stored nor decided on: an event goes to quarantine and is then acknowledged, a command is
 * answered so. Each is tried until it is kept, or until we stop: then it is not acknowledged and comes again.
 */
export class SetAside {
  readonly #options: SetAsideOptions;

  constructor(options: SetAsideOptions) {
    this.#options = options;
  }

  async keep({ deliveries, commands }: Batch, error: unknown): Promise<void> {
    const reason = isDataError(error) ? 'not-storable' : 'undecided';
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    for (const delivery of deliveries) {
      const message = delivery.refused ?? { ...quarantinedEvent(delivery.event), reason, detail };
      if (await this.#quarantine(message)) delivery.acknowledge();
    }
    for (const { body } of commands) await this.#answer(body.id);
  }

  #quarantine(message: QuarantinedMessage): Promise<boolean> {
    const { county } = this.#options;
    const bare = { ...message, topic: '', bytes: Buffer.alloc(0) };
    return this.#persist((client, isBare) =>
      runStatements(client, [insertQuarantine(county, [isBare ? bare : message])]),
    );
  }

  async #answer(id: string): Promise<void> {
    const message = { zh: '这条操作无法保存', en: 'This act could not be stored' };
    const answer = { ok: false as const, id, reason: 'could-not-be-stored' as const, message, allowed: [] };
    await this.#persist((client) =>
      runStatements(client, [answerCommands([{ answer, engineNo: null, closedCase: null }])]),
    );
  }

  /** True once it is done. `isBare`: the data of what was given do not fit either, leave out what you can. */
  async #persist(work: (client: Client, isBare: boolean) => Promise<unknown>): Promise<boolean> {
    const { connection, isStopping, log } = this.#options;
    for (let isBare = false; !isStopping(); ) {
      try {
        await work(connection.client, isBare);
        return true;
      } catch (error) {
        log.error({ err: error }, 'what is set aside could not be kept yet');
        isBare ||= isDataError(error);
        await connection.recover(pauseMs);
      }
    }
    return false;
  }
}
