import type { RaisedAlarm } from './heard-alarms.ts';

/** How two replays of one recording differ, by device and kind. */
export interface AlarmDifference {
  added: RaisedAlarm[];
  removed: RaisedAlarm[];
  /** Each as it is in the later one, with the severity that it had. */
  changed: (RaisedAlarm & { before: RaisedAlarm['severity'] })[];
}

/** Alarms of one device and kind are held against each other in their order. Pure. */
export function compareAlarms(
  earlier: readonly RaisedAlarm[],
  later: readonly RaisedAlarm[],
): AlarmDifference {
  const left = Map.groupBy(earlier, keyOf);
  const difference: AlarmDifference = { added: [], removed: [], changed: [] };
  for (const alarm of later) {
    const before = left.get(keyOf(alarm))?.shift();
    if (before === undefined) difference.added.push(alarm);
    else if (before.severity !== alarm.severity)
      difference.changed.push({ ...alarm, before: before.severity });
  }
  difference.removed = [...left.values()].flat();
  return difference;
}

function keyOf({ device, kind }: RaisedAlarm): string {
  return `${device} ${kind}`;
}
