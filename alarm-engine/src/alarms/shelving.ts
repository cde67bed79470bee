import type { Severity } from '@fenghuo/contracts/words.ts';
import type { Rule } from '../rules/rule.ts';

/**
 * Longest time for which an alarm may be shelved, ms; null: it may not. A high one only where its rule is high by
 * itself and says so: what became high by corroboration was never meant to be put away.
 */
export function longestShelf(
  rule: Pick<Rule, 'severity' | 'shelvableForMs'> | undefined,
  severity: Severity,
): number | null {
  if (rule === undefined || (severity === 'high' && rule.severity !== 'high')) return null;
  return rule.shelvableForMs;
}
