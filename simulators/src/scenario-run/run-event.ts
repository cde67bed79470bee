import type { Verdict } from '../verdict/verdict.ts';

/** A second of a run: for a display, a drill page and the report's charts. */
export interface RunMoment {
  /** Of the story, pauses left out. */
  elapsedMs: number;
  published: number;
  acknowledged: number;
  /** What is due and has not been acknowledged, and how late it is: since the last look. */
  unacknowledged: number;
  /** Time from when messages were meant to leave to their PUBACK, p99 so far. */
  lagMs: number;
  /** New on the screen since the start. */
  alarmsSeen: number;
  ticketsSeen: number;
  paused: boolean;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | {
      type: 'composed';
      publications: number;
      alarms: number;
      durationMs: number;
      places: Record<string, string>;
    }
  | { type: 'opened'; connections: number; run: string | null }
  | { type: 'moment'; moment: RunMoment }
  | { type: 'paused' | 'resumed' | 'stopping' }
  | { type: 'settling'; forMs: number }
  | { type: 'judged'; verdict: Verdict };
