import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import type { Effects } from '../engine/effects.ts';

/** An alarm as a backtest remembers it; `severity` is the gravest that it had. */
export interface RaisedAlarm
  extends Pick<AlarmRecord, 'id' | 'device' | 'kind' | 'rule' | 'area' | 'raisedAt' | 'closedAt'> {
  severity: Severity;
}

/** What a history made: alarms in the order in which they were raised, and when incidents and tickets were opened. */
export class TrialTally {
  readonly alarms = new Map<string, RaisedAlarm>();
  readonly #opened = { incidents: new Map<string, number>(), tickets: new Map<string, number>() };

  take({ alarms, incidents, tickets }: Effects): void {
    for (const alarm of alarms.values()) if (alarm.run === null) this.#alarm(alarm);
    for (const { id, run, openedAt } of incidents.values())
      if (run === null) this.#opened.incidents.set(id, openedAt);
    for (const { id, run, openedAt } of tickets.values())
      if (run === null) this.#opened.tickets.set(id, openedAt);
  }

  /** How many were opened in [`from`, `to`). */
  opened(what: 'incidents' | 'tickets', from: number, to: number): number {
    let count = 0;
    for (const at of this.#opened[what].values()) if (at >= from && at < to) count += 1;
    return count;
  }

  #alarm({ id, device, kind, rule, area, raisedAt, closedAt, severity }: AlarmRecord): void {
    const before = this.alarms.get(id);
    const gravest =
      before !== undefined && compareSeverity(before.severity, severity) < 0 ? before.severity : severity;
    this.alarms.set(id, { id, device, kind, rule, area, raisedAt, closedAt, severity: gravest });
  }
}
