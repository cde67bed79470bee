import type { DeviceType, ReportedKind } from '@fenghuo/contracts/words.ts';
import type { SeededRandom } from '../estate/seeded-random.ts';

/** What a device of a type says when a scenario does not say it. */
export function usualKind(type: DeviceType): ReportedKind {
  switch (type) {
    case 'camera':
      return 'camera.fire';
    case 'concentrator':
      return 'fault';
    case 'unknown':
      return 'report';
    default:
      return type;
  }
}

interface Measure {
  unit: string;
  quiet: readonly [number, number];
  alarming: readonly [number, number];
}

/** Readings of a quiet day and of an alarm, by kind; what is not here measures nothing. */
const measures: Partial<Record<ReportedKind, Measure>> = {
  smoke: { unit: '%/m', quiet: [0, 0.3], alarming: [4, 9] },
  heat: { unit: 'C', quiet: [16, 30], alarming: [58, 80] },
  co: { unit: 'ppm', quiet: [0, 6], alarming: [110, 300] },
  gas: { unit: '%LEL', quiet: [0, 2], alarming: [26, 60] },
  water: { unit: 'm', quiet: [0.2, 1.2], alarming: [2.2, 3.4] },
  current: { unit: 'mA', quiet: [10, 90], alarming: [420, 900] },
  pressure: { unit: 'MPa', quiet: [0.2, 0.4], alarming: [0.01, 0.06] },
};

/** A reading such as the kind has in this condition, drawn. */
export function usualReading(kind: ReportedKind, alarming: boolean, random: SeededRandom) {
  const measure = measures[kind];
  if (measure === undefined) return {};
  const value = random.between(...(alarming ? measure.alarming : measure.quiet));
  return { value: Math.round(value * 100) / 100, unit: measure.unit };
}
