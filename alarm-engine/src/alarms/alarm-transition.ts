import type { KeptEvent } from '@fenghuo/contracts/case.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { AlarmState } from '@fenghuo/contracts/words.ts';

/** One step in the life of an alarm, as history keeps it. */
export interface AlarmTransition
  extends Pick<AlarmRecord, 'run' | 'device' | 'rule' | 'kind' | 'area' | 'building' | 'severity'> {
  /** Engine number of the input that caused it. */
  no: number;
  /** Engine time, milliseconds since 1970. */
  at: number;
  alarm: string;
  /** Version that the alarm has after it. */
  version: number;
  /** Null: the alarm is new. */
  from: AlarmState | null;
  to: AlarmState;
  /** The input of the lifecycle, such as `raise` or `shelve`. */
  why: string;
  /** Account, or `engine`. */
  actor: string;
  /** What its case keeps of the event that caused it; null: a person or the time did. */
  event: KeptEvent | null;
}

/** A step after which somebody has to act who had not to before: what ISA-18.2, clause 16, counts. */
export function isAnnunciation(from: AlarmState | null, to: AlarmState): boolean {
  return to === 'unacknowledged' && from !== 'unacknowledged';
}

/** The step from `from` to the alarm as it now is. */
export function transitionTo(
  alarm: AlarmRecord,
  step: Pick<AlarmTransition, 'no' | 'at' | 'from' | 'why' | 'actor' | 'event'>,
): AlarmTransition {
  const { id, version, state, run, device, rule, kind, area, building, severity } = alarm;
  return { alarm: id, version, to: state, run, device, rule, kind, area, building, severity, ...step };
}
