import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Severity } from '@fenghuo/contracts/words.ts';

/** A detector that went off, in the order in which they did. */
export interface Step {
  device: string;
  /** 1 is where it began. */
  order: number;
  floor: number;
  room: string | null;
  severity: Severity;
  /** The condition holds still. */
  lit: boolean;
  /** Milliseconds since 1970, and since the first. */
  at: number;
  after: number;
}

/** How a fire went through a building: the first alarm of each detector that hangs on a floor, the oldest first. */
export function spreadOf(alarms: readonly AlarmRecord[], building: string): Step[] {
  const inside = alarms
    .filter((alarm) => alarm.building === building && alarm.floor !== null && alarm.deviceType !== 'camera')
    .sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1));
  const seen = new Set<string>();
  const first = inside.filter(({ device }) => !seen.has(device) && seen.add(device));
  const lit = new Set(inside.filter(({ condition }) => condition).map(({ device }) => device));
  const from = first[0]?.raisedAt ?? 0;
  return first.map(({ device, floor, room, severity, raisedAt }, i) => ({
    ...{ device, order: i + 1, floor: floor ?? 0, room, severity, lit: lit.has(device) },
    ...{ at: raisedAt, after: raisedAt - from },
  }));
}

/** The least and the most that a step of the telling takes, and how long the whole is shown before it is told again. Ms. */
const leastStep = 700;
const mostStep = 2500;
const rest = 9000;

/**
 * When each step is told, in ms from the start of the telling: in the proportions of what happened, but none so fast
 * that it cannot be followed from eight metres, and none so slow that somebody waits.
 */
export function tellingOf(steps: readonly Step[]): { at: number[]; length: number } {
  const span = steps.at(-1)?.after ?? 0;
  const whole = Math.min(20_000, Math.max(4_000, steps.length * 1200));
  let time = leastStep;
  const at = steps.map(({ after }, i) => {
    if (i > 0 && after > steps[i - 1]!.after) {
      const share = ((after - steps[i - 1]!.after) / Math.max(1, span)) * whole;
      time += Math.round(Math.min(mostStep, Math.max(leastStep, share)));
    }
    return time;
  });
  return { at, length: time + rest };
}

/** How many steps have been told `elapsed` ms after the start; it begins again when all was shown. */
export function toldAt({ at, length }: { at: readonly number[]; length: number }, elapsed: number): number {
  const now = elapsed % length;
  return at.filter((time) => time <= now).length;
}

/** Ms until the next step is told, or the telling begins again. */
export function untilNext(
  { at, length }: { at: readonly number[]; length: number },
  elapsed: number,
): number {
  const now = elapsed % length;
  return (at.find((time) => time > now) ?? length) - now;
}
