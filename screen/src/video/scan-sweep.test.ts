import { type CameraState, cameraStates } from '@fenghuo/contracts/cameras.ts';
import { expect, test } from 'vitest';
import { ScanSweep } from './scan-sweep.ts';

function sweepOf(found: [no: number, state: CameraState, checkedAt: number][]): ScanSweep {
  const sweep = new ScanSweep();
  const numbers = Uint32Array.of(3, 7, 9);
  sweep.setPlaces({ numbers, lons: Float32Array.of(3, 7, 9), lats: Float32Array.of(0, 0, 0) });
  sweep.take({
    now: 100,
    numbers: Uint32Array.from(found, ([no]) => no),
    states: Uint8Array.from(found, ([, state]) => cameraStates.indexOf(state)),
    checkedAt: Uint32Array.from(found, ([, , at]) => at),
    ages: new Uint16Array(found.length),
  });
  return sweep;
}

function drawn(sweep: ScanSweep, since: number): string[] {
  const told: string[] = [];
  sweep.each(since, ({ lon }, { isNew, isLive }) => told.push(`${lon} ${isNew} ${isLive}`));
  return told;
}

test('a camera lights up where the scan is, and goes out behind it', () => {
  const sweep = sweepOf([
    [3, 'live', 90],
    [7, 'live', 99],
  ]);
  expect(drawn(sweep, 95)).toEqual(['7 true true']);
});

test('one without a live picture stays marked after the scan has gone on', () => {
  const sweep = sweepOf([
    [3, 'frozen', 90],
    [7, 'live', 90],
  ]);
  expect(drawn(sweep, 95)).toEqual(['3 false false']);
});

test('nothing is drawn of a camera that was not looked at, or that is not on the map', () => {
  expect(drawn(sweepOf([[8, 'offline', 99]]), 0)).toEqual([]);
});
