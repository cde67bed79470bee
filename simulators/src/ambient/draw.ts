import type { SeededRandom } from '../estate/seeded-random.ts';
import type { Hours, Range } from './rates.ts';

/** A second of the day, drawn from its hours. */
export function drawTime(hours: Hours, random: SeededRandom): number {
  return random.weighted(hours) * 3600 + random.next() * 3600;
}

/** A measured value with the two digits that a detector would show; nothing when the rate has none. */
export function drawReading(
  rate: { value: Range | null; unit: string | null },
  random: SeededRandom,
): { value?: number; unit?: string } {
  if (rate.value === null) return {};
  const value = Math.round(random.between(...rate.value) * 100) / 100;
  return rate.unit === null ? { value } : { value, unit: rate.unit };
}
