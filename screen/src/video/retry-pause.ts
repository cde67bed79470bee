const firstMs = 1_000;
const longestMs = 30_000;

/**
 * Pause before the next try at a picture, in ms: doubled each time, half a minute at most, and drawn (`chance` 0 to 1)
 * from its upper half, so that a wall's tiles do not all knock at once when a video server comes back.
 */
export function retryPause(failures: number, chance: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
  return whole * (0.5 + chance / 2);
}
