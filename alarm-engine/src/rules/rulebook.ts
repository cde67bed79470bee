import type { DeviceType, EventKind, Severity, Words } from '@fenghuo/contracts/words.ts';
import type { FloodSettings } from '../alarms/flood-control.ts';
import type { ActiveHours, Rule } from './rule.ts';

/** The rules in force: compiled, indexed by kind and device type, and never changed; a new one replaces it. */
export interface Rulebook {
  /** Counts the revisions of a county from 1; 0 is the one that the house comes with. */
  version: number;
  /** The YAML that it was read from. */
  text: string;
  /** All of them, in the order of the book. */
  rules: readonly Rule[];
  /** Rules that look at events of `kind` of a device of `type`, in the order of the book. */
  rulesFor: (kind: EventKind, type: DeviceType) => readonly Rule[];
  /** Undefined when the book that an open alarm was raised under knew a rule that this one does not. */
  ruleOf: (id: string) => Rule | undefined;
  /** True when a rule judges even a `normal` reading of the kind by its value. Asked for every event: a table lookup. */
  judgesReadings: (kind: EventKind, type: DeviceType) => boolean;
  /** What each severity sets in motion. */
  responses: Readonly<Record<Severity, Response>>;
  /** When a room is in flood, and when no longer. */
  flood: FloodSettings;
  /** Kinds that are work for upkeep 维保, and an alarm only where a rule says so. */
  upkeepKinds: ReadonlySet<EventKind>;
  /** Rules whose condition may stick, and after how long, ms. */
  stuckAfter: readonly { rule: string; ms: number }[];
  /** How long a device of each type may be unheard, ms; 0: it is not supervised. */
  supervision: Readonly<Record<DeviceType, number>>;
  maintenance: readonly MaintenanceWindow[];
  categories: readonly RiskCategory[];
  plans: readonly { id: string; title: Words }[];
  /** Expressions that could not be evaluated, and how often since the book was compiled. */
  failures: () => { path: string; count: number }[];
}

/** What a severity sets in motion by itself. */
export interface Response {
  /** `when-confirmed` waits for a confirmation, by rule or by people. */
  ticket: 'at-once' | 'when-confirmed' | 'never';
  /** An alarm that nobody acknowledged for so long opens a ticket all the same, ms; null: it never does. */
  unacknowledgedForMs: number | null;
  /** So long is waited for further alarms of the incident before people are told, ms. */
  groupWaitMs: number;
}

/** A planned time in which alarms of its scope are expected and set aside: of maintenance, or of a test of a building. */
export interface MaintenanceWindow {
  id: string;
  title: Words;
  purpose: 'maintenance' | 'building-test';
  why: string;
  scope: MaintenanceScope;
  /** Only of these rules; null: of all. */
  rules: readonly string[] | null;
  when: { weekly: ActiveHours } | { from: number; to: number };
}

/** Area codes are prefixes. What is named in any of the three is in scope. */
interface MaintenanceScope {
  areas: readonly string[];
  buildings: readonly string[];
  devices: readonly string[];
}

/** A risk category of the first level, with those of the second. */
interface RiskCategory {
  code: string;
  title: Words;
  kinds: readonly { code: string; title: Words }[];
}

/** A revision as it is kept. */
export interface RulebookRevision {
  version: number;
  text: string;
  /** SHA-256 of the text, hexadecimal. */
  digest: string;
  /** Account, `file`, or `house`. */
  author: string;
  reason: string;
  /** Engine time, and number of the input that brought it; 0: before the first. */
  at: number;
  engineNo: number;
}
