import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import type { HeldAlarm } from '../alarms/holds.ts';
import { assess } from '../rules/assess.ts';
import type { Rule } from '../rules/rule.ts';
import { inBuilding, inhibits } from './engine-state.ts';
import { alarmsOf, alarmsOfBuilding } from './keep-alarm.ts';
import { standingAt, viewOfAlarm } from './surroundings.ts';
import type { Turn } from './turn.ts';

type Inhibition = Rule['inhibitedBy'][number];

type Inhibited = HeldAlarm & Pick<AlarmRecord, 'rule' | 'severity'>;

/**
 * Suppression by design (ISA-18.2): while an alarm of a rule named in `inhibited_by` stands at its parent, device or
 * building, an alarm is suppressed; it shows again when that one ends. What is milder hides nothing that is graver.
 */
export function isInhibited(turn: Turn, alarm: Inhibited): boolean {
  const inhibitions = turn.rulebook.ruleOf(alarm.rule)?.inhibitedBy ?? [];
  return inhibitions.some((inhibition) =>
    inhibitorsOf(turn, alarm, inhibition).some(
      (other) =>
        other.rule === inhibition.rule &&
        inhibits(other) &&
        compareSeverity(other.severity, alarm.severity) <= 0,
    ),
  );
}

/** How grave an alarm that is kept back would be if it showed. */
export function gravestNow(turn: Turn, alarm: AlarmRecord): Severity {
  const rule = turn.rulebook.ruleOf(alarm.rule);
  if (rule === undefined || !alarm.condition) return alarm.severity;
  const { severity } = assess(rule, viewOfAlarm(turn, alarm));
  return compareSeverity(severity, alarm.severity) < 0 ? severity : alarm.severity;
}

function inhibitorsOf(turn: Turn, alarm: HeldAlarm, { of }: Inhibition): readonly AlarmRecord[] {
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

/** Open alarms that `by` inhibits while it stands. */
export function inhibitedBy(turn: Turn, by: AlarmRecord): AlarmRecord[] {
  return turn.rulebook.rules.flatMap((rule) =>
    rule.inhibitedBy
      .filter((inhibition) => inhibition.rule === by.rule)
      .flatMap(({ of }) => alarmsUnder(turn, by, of).filter((alarm) => alarm.rule === rule.id)),
  );
}

function alarmsUnder(turn: Turn, by: AlarmRecord, of: Inhibition['of']): readonly AlarmRecord[] {
  const { registry } = turn;
  switch (of) {
    case 'device':
      return alarmsOf(turn, by.run, by.device);
    case 'building':
      return by.building === null ? [] : alarmsOfBuilding(turn, by.run, by.building);
    case 'parent':
      return [...registry.childrenOf(registry.numberOf(by.device))].flatMap((no) =>
        alarmsOf(turn, by.run, registry.idOf(no)),
      );
  }
}
