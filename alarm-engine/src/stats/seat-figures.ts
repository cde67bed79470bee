import { alarmTargets, type HeardSlot, type SeatPerformance } from '@fenghuo/contracts/alarm-performance.ts';
import { severities } from '@fenghuo/contracts/words.ts';

export const tenMinutesMs = 600_000;
const dayMs = 24 * 3_600_000;

type SeatFigures = Pick<SeatPerformance, 'rate' | 'annunciations' | 'perDay' | 'peak' | 'floodShare'>;

/** Figures of a period that ends at `to`, from its slots of ten minutes, of which the last ends there too. */
export function seatFigures(
  slots: readonly HeardSlot[],
  { to, days }: { to: number; days: number },
): SeatFigures {
  const counts = slots.map(({ heard }) => severities.reduce((sum, severity) => sum + heard[severity], 0));
  const last = slots.findIndex(({ at }) => at === to - tenMinutesMs);
  const annunciations = { high: 0, medium: 0, low: 0 };
  for (const { heard } of slots)
    for (const severity of severities) annunciations[severity] += heard[severity];
  return {
    rate: counts[last] ?? 0,
    annunciations,
    perDay: counts.reduce((sum, count) => sum + count, 0) / days,
    peak: Math.max(0, ...counts),
    floodShare:
      counts.filter((count) => count > alarmTargets.perTenMinutes).length / ((days * dayMs) / tenMinutesMs),
  };
}
