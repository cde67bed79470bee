import type { Severity, Words } from '@fenghuo/contracts/words.ts';
import { isActiveAt } from './active-hours.ts';
import type { EventView } from './event-view.ts';
import { evidenceReason, ownReason } from './reasons.ts';
import type { Predicate, Rule, SeverityClause } from './rule.ts';

/** How grave an alarm is, and why, in words: the device's own first. */
export interface Assessment {
  severity: Severity;
  confirmed: boolean;
  reasons: Words[];
}

/** The rule's condition holds by this event. Kind and type of device were looked at by `rulesFor`. */
export function holds(rule: Rule, view: EventView): boolean {
  const { activeHours } = rule;
  if (activeHours !== null && !isActiveAt(activeHours, view.now, view.surroundings.timeZone)) return false;
  return isMet(rule, view);
}

/** This event ends the rule's condition, at whatever hour. `restore` ends every one; a device at fault ends none. */
export function clears(rule: Rule, view: EventView): boolean {
  const { kind, state } = view.event;
  if (kind === 'restore') return true;
  if (kind !== rule.kind || isMet(rule, view)) return false;
  if (rule.clearWhen === null) return state === 'normal';
  return (state === 'normal' || state === 'alarm') && rule.clearWhen.test(view);
}

/** What the rule looks for is so by this event, at whatever hour. */
export function isMet(rule: Rule, view: EventView): boolean {
  return rule.states.includes(view.event.state) && (rule.when === null || rule.when.test(view));
}

/** Decides how grave an alarm of the rule is. Pure: the same view, the same answer. */
export function assess(rule: Rule, view: EventView): Assessment {
  const clause = rule.raises.find(holdsIn(view)) ?? rule.lowers.find(holdsIn(view));
  const confirmed = rule.confirmedWhen?.test(view) ?? false;
  const reasons = [
    ownReason(view),
    ...(clause === undefined ? [] : clauseReasons(clause, view)),
    ...(confirmed ? evidenceReasons(rule.confirmedWhen, view) : []),
  ];
  return { severity: clause?.to ?? rule.severity, confirmed, reasons: withoutRepeats(reasons) };
}

const holdsIn = (view: EventView) => (clause: SeverityClause) => clause.when.test(view);

function clauseReasons(clause: SeverityClause, view: EventView): Words[] {
  return clause.because === null ? evidenceReasons(clause.when, view) : [clause.because];
}

function evidenceReasons(predicate: Predicate | null, view: EventView): Words[] {
  return predicate?.evidence(view).flatMap(evidenceReason) ?? [];
}

function withoutRepeats(reasons: readonly Words[]): Words[] {
  return [...new Map(reasons.map((reason) => [reason.zh, reason])).values()];
}
