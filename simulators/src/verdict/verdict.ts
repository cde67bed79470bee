import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { Expectation, Leg, Quantile } from '../scenario/scenario-schema.ts';

/** Milliseconds; null: nothing was measured. */
export type Quantiles = Record<Quantile, number | null> & { count: number };

/** One line of the protocol: what was asked, what was found. */
export interface Judged {
  /** Key of the budget or expectation. */
  name: string;
  kind: 'budget' | 'expectation';
  /** In words, such as `≤ 500 ms`. */
  asked: string;
  /** Null: could not be checked. */
  found: number | null;
  unit: 'ms' | '';
  ok: boolean;
}

export interface NamedAlarm {
  device: string;
  kind: EventKind;
  drill: boolean;
  /** Ms since 1970: when it was said first, or raised. */
  at: number;
}

/** What came of a run of a scenario. Null where there was no database, or no socket, to ask. */
export interface Verdict {
  ok: boolean;
  /** Events; heartbeats, which are not stored, are counted apart. */
  published: number;
  acknowledged: number;
  stored: number | null;
  lost: number | null;
  duplicated: number | null;
  heartbeats: number;
  resent: number;
  /** Messages that were due and never left: the server took none any more. */
  unsent: number;
  latency: Record<Leg, Quantiles>;
  alarms: {
    expected: number;
    raised: number | null;
    missed: number | null;
    false: number | null;
    /** By the clock of supervision: silent devices, and stuck ones. */
    bySupervision: number | null;
    /** Reached the socket. */
    seen: number | null;
  };
  counts: Record<Expectation, number | null>;
  missed: NamedAlarm[];
  false: NamedAlarm[];
  judged: Judged[];
}
