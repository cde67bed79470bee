/** How many of the newest samples count: a minute of pulses. */
const window = 60;

/**
 * Server clock minus this machine's, in ms. A sample can only be late, never early, so the largest of the
 * last minute lies nearest to the truth.
 */
export interface ClockOffset {
  ms: number;
  samples: readonly number[];
}

export const noOffset: ClockOffset = { ms: 0, samples: [] };

export function withClockSample(held: ClockOffset, serverAt: number, receivedAt: number): ClockOffset {
  const samples = [...held.samples, serverAt - receivedAt].slice(-window);
  return { ms: Math.max(...samples), samples };
}
