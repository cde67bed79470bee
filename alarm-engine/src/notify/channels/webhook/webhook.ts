import { createHmac } from 'node:crypto';
import type { DrillBody, WebhookBody } from '@fenghuo/contracts/deliveries.ts';
import type { ReporterMessage } from '@fenghuo/contracts/intake.ts';
import type { OutwardChannel, Verdict } from '../../pipeline.ts';

export interface WebhookOptions {
  url: string;
  /** Shared with the receiver, who can tell by it that a message is ours. */
  secret: string;
  /** An answer that takes longer is none. Milliseconds. */
  answerWithinMs?: number;
}

/** 408, 425 and 429 ask for patience; every other 4xx says that the message itself is not wanted. */
const patience: readonly number[] = [408, 425, 429];

/** Posts each message as JSON to one address. Redirects are not followed: the message names a person. */
export class Webhook implements OutwardChannel {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async send(message: WebhookBody | DrillBody | ReporterMessage): Promise<Verdict> {
    const { url, answerWithinMs = 10_000 } = this.#options;
    try {
      const body = JSON.stringify(message);
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: this.#headers(message.id, body),
        body,
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await answer.body?.cancel();
      return verdictOf(answer.status);
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { state: 'again', reason: late ? 'timeout' : 'unreachable' };
    }
  }

  /** A header holds ASCII only; ids of people need not. */
  #headers(id: string, body: string): Record<string, string> {
    return {
      'Content-Type': 'application/json',
      'Idempotency-Key': encodeURIComponent(id),
      'X-Fenghuo-Signature': `sha256=${createHmac('sha256', this.#options.secret).update(body).digest('hex')}`,
    };
  }
}

function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return { state: 'sent' };
  if (status >= 500 || patience.includes(status)) return { state: 'again', reason: 'busy' };
  return { state: 'failed', reason: 'rejected' };
}
