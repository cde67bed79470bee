import type { DeviceType, EventKind, Severity } from '@fenghuo/contracts/words.ts';
import type { FloodSettings } from '../alarms/flood-control.ts';
import type { Response, Rule } from './rule.ts';

/** The rules in force: compiled, indexed by kind and device type, and never changed; a new one replaces it. */
export interface Rulebook {
  /** Counts the revisions of a county from 1; 0 is the one that the house comes with. */
  version: number;
  /** Rules that look at events of `kind` of a device of `type`, in the order of the book. */
  rulesFor: (kind: EventKind, type: DeviceType) => readonly Rule[];
  /** Undefined when the book that an open alarm was raised under knew a rule that this one does not. */
  ruleOf: (id: string) => Rule | undefined;
  /** What each severity sets in motion. */
  responses: Readonly<Record<Severity, Response>>;
  /** When a room is in flood, and when no longer. */
  flood: FloodSettings;
  /** Kinds that are work for upkeep 维保, and an alarm only where a rule says so. */
  upkeepKinds: ReadonlySet<EventKind>;
  /** Rules whose condition may stick, and after how long, ms. */
  stuckAfter: readonly { rule: string; ms: number }[];
}
