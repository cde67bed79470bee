import type { AlarmState } from '@fenghuo/contracts/words.ts';

/**
 * The life of an alarm after ISA-18.2-2016 / IEC 62682, as facts and one pure function. The state is not
 * stored but read off the facts, so no sequence can reach one that does not exist:
 *
 * | condition or latch | acknowledged | state                    | ISA-18.2 letter |
 * | ------------------ | ------------ | ------------------------ | --------------- |
 * | yes                | no           | unacknowledged           | B               |
 * | yes                | yes          | acknowledged             | C               |
 * | no                 | no           | returned-unacknowledged  | D               |
 * | no                 | yes          | normal                   | A               |
 *
 * Shelved (G), suppressed by design (H) and out of service (I) stand above these in that order, the last
 * the strongest; what lies beneath goes on and shows again when they end. A latched alarm (E, F) counts as
 * standing until it is reset, whatever its condition.
 */
export interface AlarmFacts {
  /** The abnormal condition holds now. */
  condition: boolean;
  /** Held by the latch until reset. */
  latched: boolean;
  acknowledged: boolean;
  shelved: boolean;
  suppressed: boolean;
  outOfService: boolean;
}

export type AlarmInput =
  | { type: 'raise'; latch: boolean }
  | { type: 'return' }
  | { type: 'acknowledge' }
  | { type: 'reset' }
  | { type: 'realarm' }
  | { type: 'shelve' | 'unshelve' }
  | { type: 'suppress' | 'unsuppress' }
  | { type: 'remove-from-service' | 'return-to-service' };

/** Why an input changes nothing. `no-change` is no fault: a detector says the same thing twice. */
type LifecycleRefusal = 'no-change' | 'condition-still-active' | 'nothing-to-acknowledge';

export type LifecycleResult = { ok: true; facts: AlarmFacts } | { ok: false; reason: LifecycleRefusal };

/** Facts of an alarm that was never raised. */
export const quietFacts: AlarmFacts = {
  condition: false,
  latched: false,
  acknowledged: true,
  shelved: false,
  suppressed: false,
  outOfService: false,
};

/** The ISA-18.2 state that these facts are. */
export function stateOf(facts: AlarmFacts): AlarmState {
  if (facts.outOfService) return 'out-of-service';
  if (facts.suppressed) return 'suppressed-by-design';
  if (facts.shelved) return 'shelved';
  if (facts.condition || facts.latched) return facts.acknowledged ? 'acknowledged' : 'unacknowledged';
  return facts.acknowledged ? 'normal' : 'returned-unacknowledged';
}

/** What `input` makes of `facts`, or why it makes nothing. Pure and total. */
export function transition(facts: AlarmFacts, input: AlarmInput): LifecycleResult {
  switch (input.type) {
    case 'raise':
      if (facts.condition) return refuse('no-change');
      return next(facts, {
        condition: true,
        latched: facts.latched || input.latch,
        acknowledged: false,
      });
    case 'return':
      return facts.condition ? next(facts, { condition: false }) : refuse('no-change');
    case 'acknowledge':
      return facts.acknowledged ? refuse('nothing-to-acknowledge') : next(facts, { acknowledged: true });
    case 'reset':
      if (facts.condition) return refuse('condition-still-active');
      return facts.latched ? next(facts, { latched: false }) : refuse('no-change');
    case 'realarm':
      return facts.acknowledged && (facts.condition || facts.latched)
        ? next(facts, { acknowledged: false })
        : refuse('no-change');
    case 'shelve':
    case 'unshelve':
      return set(facts, 'shelved', input.type === 'shelve');
    case 'suppress':
    case 'unsuppress':
      return set(facts, 'suppressed', input.type === 'suppress');
    case 'remove-from-service':
    case 'return-to-service':
      return set(facts, 'outOfService', input.type === 'remove-from-service');
  }
}

function next(facts: AlarmFacts, changed: Partial<AlarmFacts>): LifecycleResult {
  return { ok: true, facts: { ...facts, ...changed } };
}

function set(
  facts: AlarmFacts,
  fact: 'shelved' | 'suppressed' | 'outOfService',
  value: boolean,
): LifecycleResult {
  return facts[fact] === value ? refuse('no-change') : next(facts, { [fact]: value });
}

function refuse(reason: LifecycleRefusal): LifecycleResult {
  return { ok: false, reason };
}
