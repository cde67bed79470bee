import type { DeviceType, EventKind, Severity, Words } from '@fenghuo/contracts/words.ts';

/**
 * A rule says which events are an alarm and how grave it is. It is data: evaluation is in
 * `decide-severity.ts`, the rules in force in `built-in-rulebook.ts`.
 */
export interface Rule {
  id: string;
  title: Words;
  /** Kind of event that raises it, when its state is `alarm`. One kind a rule: each condition returns by itself. */
  kind: EventKind;
  /** Only of a device of this type; absent: of any. */
  of?: DeviceType;
  /** What is threatened: fire and explosion, supply, security, supervision itself. Alarms of one hazard in a building are one incident. */
  hazard: 'fire' | 'supply' | 'security' | 'supervision';
  /** Severity of a first, lone alarm. */
  severity: Severity;
  /** Conditional raises, gravest first; the first that holds wins. */
  raises: readonly Raise[];
  /** Held until reset by someone with the right, though the condition be gone (EN 54-2, 7.1: fire alarms). */
  latch: boolean;
  /** Seen in a moment and never said to be over, such as an intrusion: the condition ends as it is raised. */
  momentary: boolean;
  /** A condition that stands unchanged for longer is the device's fault and becomes upkeep, ms; null: it may. */
  stuckAfterMs: number | null;
  /** Longest time for which an alarm of it may be shelved, ms; null: never. */
  shelvableForMs: number | null;
}

/** A raise to `to` once the incident holds the named corroboration, newer than `withinMs`. */
export interface Raise {
  to: Severity;
  when: 'second-detector' | 'camera-and-detector';
  withinMs: number;
}

/** What a severity sets in motion by itself. */
export interface Response {
  opensTicket: boolean;
}
