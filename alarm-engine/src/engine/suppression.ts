import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { HeldAlarm } from '../alarms/holds.ts';
import type { Rule } from '../rules/rule.ts';
import { inBuilding, standsOpenly } from './engine-state.ts';
import { alarmsOf } from './keep-alarm.ts';
import { standingAt } from './surroundings.ts';
import type { Turn } from './turn.ts';

type Inhibition = Rule['inhibitedBy'][number];

/**
 * Suppression by design (ISA-18.2): while an alarm of a rule named in `inhibited_by` stands at its parent, device or
 * building, an alarm is suppressed; it shows again when that one ends.
 */
export function isInhibited(turn: Turn, rule: string, alarm: HeldAlarm): boolean {
  const inhibitions = turn.rulebook.ruleOf(rule)?.inhibitedBy ?? [];
  return inhibitions.some((inhibition) =>
    inhibitorsOf(turn, alarm, inhibition).some(
      (other) => other.rule === inhibition.rule && standsOpenly(other),
    ),
  );
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
  const { registry, state } = turn;
  switch (of) {
    case 'device':
      return alarmsOf(turn, by.run, by.device);
    case 'building':
      return [...state.alarms.values()].filter(
        ({ run, building }) => run === by.run && building === by.building,
      );
    case 'parent':
      return [...registry.childrenOf(registry.numberOf(by.device))].flatMap((no) =>
        alarmsOf(turn, by.run, registry.idOf(no)),
      );
  }
}
