import type { Severity } from '@fenghuo/contracts/words.ts';

/** Of one pulse, in seconds. */
interface Pulse {
  at: number;
  lasts: number;
  hz: number;
}

/**
 * Told apart by number and rhythm, not by pitch alone, after IEC 60601-1-8 table 3: high is two times three and two quick
 * pulses, medium three slower ones, low one pair.
 */
const patterns: Record<Severity, readonly Pulse[]> = {
  high: [0, 0.2, 0.4, 0.75, 0.95, 1.6, 1.8, 2, 2.35, 2.55].map((at) => ({ at, lasts: 0.13, hz: 880 })),
  medium: [0, 0.35, 0.7].map((at) => ({ at, lasts: 0.2, hz: 660 })),
  low: [0, 0.4].map((at) => ({ at, lasts: 0.25, hz: 440 })),
};

/** Seconds that a tone takes; a voice begins after it. */
export function toneLength(severity: Severity): number {
  return Math.max(...patterns[severity].map(({ at, lasts }) => at + lasts));
}

/** Sounds the tone of a severity. */
export function soundTone(context: AudioContext, severity: Severity): void {
  for (const { at, lasts, hz } of patterns[severity]) {
    const begin = context.currentTime + 0.05 + at;
    const gain = context.createGain();
    gain.connect(context.destination);
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.5, begin + 0.015);
    gain.gain.setValueAtTime(0.5, begin + lasts - 0.03);
    gain.gain.linearRampToValueAtTime(0, begin + lasts);
    const tone = context.createOscillator();
    tone.type = 'triangle';
    tone.frequency.value = hz;
    tone.connect(gain);
    tone.start(begin);
    tone.stop(begin + lasts);
  }
}
