import type { DrillProgress, DrillTelling } from '@fenghuo/contracts/drills.ts';
import type { RunEvent } from '../scenario-run/run-event.ts';

/** Makes of what a run tells how far it is. */
export class RunFollower {
  #progress: DrillProgress | null = null;
  #state: DrillTelling['state'] = 'preparing';

  get telling(): DrillTelling {
    return { state: this.#state, progress: this.#progress };
  }

  hear(event: RunEvent): void {
    switch (event.type) {
      case 'composed':
        this.#progress = {
          ...{ elapsedMs: 0, durationMs: event.durationMs, messages: event.publications },
          ...{ published: 0, acknowledged: 0, lagMs: 0 },
          ...{ alarms: event.alarms, alarmsSeen: 0, ticketsSeen: 0 },
        };
        return;
      case 'moment': {
        const { elapsedMs, published, acknowledged, lagMs, alarmsSeen, ticketsSeen } = event.moment;
        const isKnown = Number.isFinite(lagMs);
        if (this.#progress !== null)
          this.#progress = {
            ...this.#progress,
            ...{ elapsedMs, published, acknowledged, alarmsSeen, ticketsSeen },
            lagMs: isKnown ? lagMs : 0,
          };
        return;
      }
      case 'opened':
      case 'resumed':
        this.#state = 'playing';
        return;
      case 'paused':
        this.#state = 'paused';
        return;
      case 'settling':
        this.#state = 'settling';
        return;
      case 'stopping':
      case 'judged':
    }
  }
}
