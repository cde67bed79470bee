import type { DeviceType, EventKind, ReportedState, Severity, Words } from '@fenghuo/contracts/words.ts';
import type { EventView } from './event-view.ts';
import type { Finding, Window } from './window.ts';

/**
 * A rule says which events are an alarm and how grave it is. It is data of `rulebook.yaml`, compiled by
 * `compile-rulebook.ts` and evaluated by `assess.ts`. Times are milliseconds.
 */
export interface Rule {
  id: string;
  title: Words;
  /** Kind of event that it looks at. One kind a rule: each condition returns by itself (docs/decisions/0008). */
  kind: EventKind;
  /** Only of devices of these types; null: of any. */
  devices: readonly DeviceType[] | null;
  /** States of the event that it looks at; with `normal` it judges readings by their value. */
  states: readonly ReportedState[];
  /** What must hold beyond kind, device type and state; null: nothing. */
  when: Predicate | null;
  /** What ends the condition; null: the device says `normal` of the kind, and `when` does not hold of that reading. */
  clearWhen: Predicate | null;
  /** The condition must hold for so long before it is an alarm (ISA-18.2: on-delay). */
  onDelayMs: number;
  /** The condition must be gone for so long before the alarm returns (ISA-18.2: off-delay). */
  offDelayMs: number;
  /** What is threatened: fire and explosion, supply, security, supervision itself. Alarms of one hazard are grouped. */
  hazard: Hazard;
  /** Severity of a first, lone alarm. */
  severity: Severity;
  /** The first that holds wins. */
  raises: readonly SeverityClause[];
  /** Asked when no raise holds; the first that holds wins. */
  lowers: readonly SeverityClause[];
  /** What makes the alarm a confirmed one; null: nothing but people. */
  confirmedWhen: Predicate | null;
  /**
   * `automatic`: a high incident in which an alarm of this rule is confirmed is ordered to the first proposed team as its
   * ticket opens; `propose`: people choose.
   */
  dispatch: 'automatic' | 'propose';
  /** Held until reset by someone with the right, though the condition be gone (EN 54-2, 7.1: fire alarms). */
  latch: boolean;
  /** Seen in a moment and never said to be over, such as an intrusion: the condition ends as it is raised. */
  momentary: boolean;
  grouping: Grouping;
  /** Id of the response plan 预案 that it proposes. */
  plan: string | null;
  /** Code of a risk category of the second level. */
  category: string;
  tags: readonly string[];
  /** A condition that stands unchanged for longer is the device's fault and becomes upkeep; null: it may. */
  stuckAfterMs: number | null;
  /** The longest that it may be shelved (ISA-18.2); null: not at all. */
  shelvableForMs: number | null;
  /** While an alarm of such a rule stands at the parent, the device or the building, this one is suppressed. */
  inhibitedBy: readonly Inhibition[];
  /** Outside of these hours the rule is silent; null: always active. */
  activeHours: ActiveHours | null;
}

export const hazards = ['fire', 'supply', 'security', 'supervision'] as const;
type Hazard = (typeof hazards)[number];

/** A raise or a lowering to `to`, with words of its own or those of the evidence in the windows it names. */
export interface SeverityClause {
  to: Severity;
  when: Predicate;
  because: Words | null;
}

/** Alarms of one hazard join one incident: of one building or grid, else within `nearM` metres while it was not quiet for `quietMs`. */
interface Grouping {
  by: 'building' | 'device' | 'grid';
  nearM: number;
  quietMs: number;
}

interface Inhibition {
  rule: string;
  of: 'parent' | 'device' | 'building';
}

/** Days from Monday = 1 to Sunday = 7, and minutes of the day in the county's time zone; past midnight when `to` ≤ `from`. */
export interface ActiveHours {
  days: readonly number[];
  from: number;
  to: number;
}

/** A compiled CEL expression. One that cannot be evaluated, such as of a value that is not there, is false and counted. */
export interface Predicate {
  text: string;
  /** Where it stands in the book, such as `rules.smoke.raises.0.when`. */
  path: string;
  /** Those that it names, in the order of naming. */
  windows: readonly Window[];
  test: (view: EventView) => boolean;
  /** What is in the windows it names; only of those in which there is more than the event itself. */
  evidence: (view: EventView) => Finding[];
  /** How often it could not be evaluated since it was compiled. */
  failures: () => number;
}
