import { createHash } from 'node:crypto';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { Feed } from '../station/feed.ts';
import type { RestSession } from '../station/rest-session.ts';

export interface RaisedAlarm extends Pick<AlarmRecord, 'device' | 'kind' | 'severity'> {
  /** After the first message of the replay, ms. */
  afterMs: number;
}

/** Alarms of one drill, or of what is live (`run` null), as a screen is told of them, each as it was last. */
export class HeardAlarms {
  readonly #feed: Feed;
  readonly #alarms = new Map<string, AlarmRecord>();
  #onWorld: () => void = () => {};

  constructor(url: string, session: RestSession, run: string | null) {
    this.#feed = new Feed({
      ...{ url, session },
      onWorld: () => this.#onWorld(),
      onAlarm: (alarm) => {
        if (alarm.run === run) this.#alarms.set(alarm.id, alarm);
      },
    });
  }

  /** Resolves with the first snapshot: nothing is missed from then on. */
  async start(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.#onWorld = resolve;
    });
    this.#feed.start();
    await first;
  }

  stop(): void {
    this.#feed.stop();
  }

  /** In the order in which they were raised. `startedAt`: ms since 1970. */
  raised(startedAt: number): RaisedAlarm[] {
    return [...this.#alarms.values()]
      .sort((a, b) => a.raisedAt - b.raisedAt || (a.device < b.device ? -1 : 1))
      .map(({ device, kind, severity, raisedAt }) => ({
        ...{ device, kind, severity, afterMs: Math.round(raisedAt - startedAt) },
      }));
  }
}

/** The same for two replays that raised the same alarms of the same severity, whenever they did. */
export function fingerprintOf(alarms: readonly RaisedAlarm[]): string {
  const lines = alarms.map(({ device, kind, severity }) => `${device} ${kind} ${severity}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 12);
}
