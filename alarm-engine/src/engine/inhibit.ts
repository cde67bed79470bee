import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { transition } from '../alarms/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import { inBuilding } from './engine-state.ts';
import { alarmsOf, changeFacts } from './keep-alarm.ts';
import { standingAt } from './surroundings.ts';
import type { Turn } from './turn.ts';

type Inhibition = Rule['inhibitedBy'][number];

/**
 * Suppression by design (ISA-18.2): while an alarm of a rule named in `inhibited_by` stands at its parent, device or
 * building, an alarm is suppressed; it shows again when that one ends.
 */
export function isInhibited(turn: Turn, alarm: AlarmRecord): boolean {
  const inhibitions = turn.rulebook.ruleOf(alarm.rule)?.inhibitedBy ?? [];
  return inhibitions.some((inhibition) =>
    inhibitorsOf(turn, alarm, inhibition).some((other) => other.rule === inhibition.rule && other.condition),
  );
}

function inhibitorsOf(turn: Turn, alarm: AlarmRecord, { of }: Inhibition): readonly AlarmRecord[] {
  const { registry } = turn;
  switch (of) {
    case 'device':
      return alarmsOf(turn, alarm.run, alarm.device);
    case 'building':
      return alarm.building === null ? [] : standingAt(turn, alarm.run, inBuilding(alarm.building));
    case 'parent': {
      const parent = registry.parentOf(registry.numberOf(alarm.device));
      return parent < 0 ? [] : alarmsOf(turn, alarm.run, registry.idOf(parent));
    }
  }
}

/** An alarm began or ceased to stand: those that it inhibits are suppressed, or shown again. */
export function inhibitOthers(turn: Turn, by: AlarmRecord): void {
  for (const rule of turn.rulebook.rules)
    for (const inhibition of rule.inhibitedBy)
      if (inhibition.rule === by.rule)
        for (const alarm of inhibitedAlarms(turn, by, rule, inhibition)) keepSuppression(turn, alarm);
}

function inhibitedAlarms(turn: Turn, by: AlarmRecord, rule: Rule, { of }: Inhibition): AlarmRecord[] {
  const { registry } = turn;
  const ofRule = (alarms: readonly AlarmRecord[]) => alarms.filter((alarm) => alarm.rule === rule.id);
  switch (of) {
    case 'device':
      return ofRule(alarmsOf(turn, by.run, by.device));
    case 'building':
      return by.building === null ? [] : ofRule(standingAt(turn, by.run, inBuilding(by.building)));
    case 'parent':
      return [...registry.childrenOf(registry.numberOf(by.device))].flatMap((no) =>
        ofRule(alarmsOf(turn, by.run, registry.idOf(no))),
      );
  }
}

/** Suppresses an alarm, or shows it again, as its surroundings have it. */
export function keepSuppression(turn: Turn, alarm: AlarmRecord): void {
  const type = isInhibited(turn, alarm) ? 'suppress' : 'unsuppress';
  const result = transition(alarm, { type });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: type });
}
