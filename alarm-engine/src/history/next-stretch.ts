import type { Density } from '../store/sql/read-event-density.ts';

/**
 * Where a stretch that ends at `to` begins when about `most` events shall lie in it. Densities newest first; where
 * they say nothing, nothing is thought to lie. At `earliest` when there are fewer. All in ms.
 */
export function stretchBegin(
  densities: readonly Density[],
  { to, most, earliest }: { to: number; most: number; earliest: number },
): number {
  let left = most;
  for (const { from, to: end, events } of densities) {
    const top = Math.min(end, to);
    if (from >= top || events === 0) continue;
    const whole = Number.isFinite(end) ? end - from : top - from;
    const within = (events * (top - from)) / whole;
    if (within > left) return Math.max(earliest, Math.floor(top - (left / within) * (top - from)));
    left -= within;
  }
  return earliest;
}
