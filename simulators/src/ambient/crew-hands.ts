import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { CrewCase, CrewCommand } from './crew-plan.ts';

/** The simulated people keep their hands off what a real person touched so long ago. Milliseconds. */
export const handsOffMs = 5 * 60_000;

/**
 * Tells the simulated people's own acts from those of a real person, who may have signed in with the very
 * same account: what they did in this run they know, what their accounts did before it counts as theirs.
 */
export class CrewHands {
  readonly #accounts: readonly string[];
  readonly #since: number;
  /** Own acts by what they touched, with their time; older than {@link handsOffMs} they say nothing. */
  readonly #own = new Map<string, number>();

  /** `since`: when these people came on duty, milliseconds since 1970. */
  constructor(accounts: readonly string[], since: number) {
    this.#accounts = accounts;
    this.#since = since;
  }

  /**
   * To be called before an act is sent, since its effect may be seen before its answer. The returned function
   * takes it back: the act was refused, so somebody else did what it would have done.
   */
  about(command: CrewCommand, alarms: readonly AlarmRecord[], now: number): () => void {
    for (const [key, at] of this.#own) if (now - at > 2 * handsOffMs) this.#own.delete(key);
    const keys = keysOf(command, alarms);
    for (const key of keys) this.#own.set(key, now);
    return () => {
      for (const key of keys) this.#own.delete(key);
    };
  }

  /** True when a real person acted on the case within {@link handsOffMs} before `now`. */
  mustRest({ ticket, alarms }: CrewCase, now: number): boolean {
    const moves = (ticket?.moves ?? []).map(({ at, by, to }) => ({ at, by, key: moveKey(ticket!.id, to) }));
    const acknowledged = alarms
      .filter((alarm) => alarm.acknowledgedAt !== null && alarm.acknowledgedBy !== null)
      .map((alarm) => ({ at: alarm.acknowledgedAt!, by: alarm.acknowledgedBy!, key: alarm.id }));
    return [...moves, ...acknowledged].some((act) => now - act.at < handsOffMs && this.#isForeign(act));
  }

  #isForeign({ at, by, key }: { at: number; by: string; key: string }): boolean {
    if (by === 'engine') return false;
    return !this.#accounts.includes(by) || (at >= this.#since && !this.#own.has(key));
  }
}

function keysOf(command: CrewCommand, alarms: readonly AlarmRecord[]): string[] {
  switch (command.act) {
    case 'acknowledge-alarm':
    case 'reset-alarm':
      return [command.subject];
    case 'open-ticket':
    case 'acknowledge-incident':
      return alarms.filter((alarm) => !alarm.acknowledged).map((alarm) => alarm.id);
    case 'move-ticket':
      return [moveKey(command.subject, command.to)];
  }
}

function moveKey(ticket: string, to: string): string {
  return `${ticket}>${to}`;
}
