import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { findCommandAnswers } from '../store/sql/find-command-answers.ts';

export interface AnswerWaiterOptions {
  db: Queryable;
  listener: Listener;
  log: Logger;
}

/** For a notification that was missed. */
const lookEveryMs = 1000;

type Told = (answer: CommandAnswer | null) => void;

/** Waits for the writer's answers to commands, which come through the database. */
export class AnswerWaiter {
  readonly #options: AnswerWaiterOptions;
  readonly #waiting = new Map<string, Set<Told>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: AnswerWaiterOptions) {
    this.#options = options;
  }

  /** Before the listener starts. */
  start(): void {
    const { listener } = this.#options;
    listener.on('fenghuo_answer', (payload) => this.#hear(payload));
    listener.onResume(() => void this.look([...this.#waiting.keys()]));
    this.#timer = setInterval(() => void this.look([...this.#waiting.keys()]), lookEveryMs);
  }

  /** Whoever still waits is told that there is no answer. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const all of this.#waiting.values()) for (const told of all) told(null);
  }

  /** The answer to a command, or null after `waitMs`. Call it before the command is handed over. */
  wait(id: string, waitMs: number): Promise<CommandAnswer | null> {
    return new Promise((resolve) => {
      const all = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, all);
      const told: Told = (answer) => {
        clearTimeout(timer);
        all.delete(told);
        if (all.size === 0) this.#waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => told(null), waitMs);
      all.add(told);
    });
  }

  /** Looks whether these are answered. */
  async look(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const { db, log } = this.#options;
    try {
      for (const answer of await findCommandAnswers(db, ids))
        for (const told of [...(this.#waiting.get(answer.id) ?? [])]) told(answer);
    } catch (error) {
      log.warn({ err: error }, 'answers to commands could not be read');
    }
  }

  #hear(payload: string): void {
    const waiting = [...this.#waiting.keys()];
    void this.look(payload === '*' ? waiting : waiting.filter((id) => payload.includes(`"${id}"`)));
  }
}
