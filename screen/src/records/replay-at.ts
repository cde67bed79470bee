import type { CaseReport, Dossier } from '@fenghuo/contracts/case.ts';
import type { AlarmRecord, TicketMove } from '@fenghuo/contracts/records.ts';

export interface Replayed {
  /** Alarms that had gone off by then, and whether their condition held. */
  alarms: readonly AlarmRecord[];
  /** Where the ticket stood; null: there was none yet. */
  move: TicketMove | null;
  /** How many entries of the time line had happened. */
  told: number;
}

/** A case as it stood at a time. Pure. */
export function replayAt(
  { alarms, steps, ticket }: Pick<Dossier, 'alarms' | 'steps' | 'ticket'>,
  { timeLine }: Pick<CaseReport, 'timeLine'>,
  at: number,
): Replayed {
  const stateOf = new Map(
    steps.filter((step) => step.at <= at).map((step) => [step.alarm, step.to] as const),
  );
  return {
    alarms: alarms
      .filter(({ raisedAt }) => raisedAt <= at)
      .map((alarm) => ({ ...alarm, condition: isOn(stateOf.get(alarm.id)) })),
    move: ticket?.moves.findLast((move) => move.at <= at) ?? null,
    told: timeLine.filter((entry) => entry.at <= at).length,
  };
}

/** An alarm whose step was cut off the dossier counts as lit: it did go off. */
const isOn = (state: AlarmRecord['state'] | undefined) =>
  state !== 'normal' && state !== 'returned-unacknowledged';

/** From the first thing that happened to the last. */
export function spanOf({ incident }: Pick<Dossier, 'incident'>, { timeLine }: Pick<CaseReport, 'timeLine'>) {
  const times = timeLine.map(({ at }) => at);
  return {
    from: Math.min(incident.openedAt, ...times),
    to: Math.max(incident.closedAt ?? incident.lastAlarmAt, ...times),
  };
}

/** Times as fast as it was. */
export const speeds = [1, 10, 60, 600, 3600] as const;

/** The slowest speed that shows it all within a minute. */
export function fittingSpeed({ from, to }: { from: number; to: number }): number {
  return speeds.find((speed) => (to - from) / speed <= 60_000) ?? speeds.at(-1)!;
}
