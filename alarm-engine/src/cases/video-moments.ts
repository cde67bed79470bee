import type { CaseCamera } from '@fenghuo/contracts/case.ts';
import type { NearCamera } from '../registry/camera-index.ts';

/** Of each alarm, so much of the picture before and after it belongs to the case. Milliseconds. */
const [beforeMs, afterMs] = [60_000, 300_000];

/**
 * The stretches of the cameras' pictures that belong to a case: around each time at which an alarm of it went off, those
 * that touch made one. References alone; the pictures lie with the recorder. Pure.
 */
export function videoMoments(cameras: readonly NearCamera[], raises: readonly number[]): CaseCamera[] {
  const moments: { from: number; to: number }[] = [];
  for (const at of [...raises].sort((a, b) => a - b)) {
    const last = moments.at(-1);
    if (last !== undefined && at - beforeMs <= last.to) last.to = at + afterMs;
    else moments.push({ from: at - beforeMs, to: at + afterMs });
  }
  return cameras.map((camera) => ({ ...camera, moments }));
}
