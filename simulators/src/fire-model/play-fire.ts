import type { SeededRandom } from '../estate/seeded-random.ts';
import { heatReleaseKw, type RoomFire } from './growth.ts';
import { ambientC, carbonMonoxidePpm, ceilingRiseK, obscuration, opticalDensity } from './room-air.ts';
import { type Passage, type Passages, type Spot, smokePath } from './smoke-path.ts';

/** What a fire detector measures. */
export const sensings = ['smoke', 'heat', 'co'] as const;
export type Sensing = (typeof sensings)[number];

export interface FireDetector extends Spot {
  sensing: Sensing;
  /** In another building: smoke comes over the yard by this way; null: in the building that burns. */
  yard: Passage | null;
}

export interface BuildingFire extends Passages {
  /** One a floor that burns, the room of origin first. */
  fires: readonly { fire: RoomFire; floor: number; room: string | null }[];
  roomM3: number;
  /** The story is looked at until then, ms. */
  untilMs: number;
}

/** One message of a detector. */
export interface FireSignal {
  atMs: number;
  /** Index of the detector. */
  detector: number;
  phase: 'rising' | 'alarm' | 'again' | 'clear';
  value: number;
}

export interface Threshold {
  at: number;
  /** From the crossing to the message: verification in the detector and the radio. */
  respondsMs: number;
}

const lookMs = 1000;
/** A detector tells a rising value, and says its alarm again, as often. */
const tellsMs = { rising: 10_000, again: 30_000 };
const risingFrom = 0.35;
const clearsBelow = 0.5;
/** A detector is burnt at this temperature and says nothing more. °C. */
const burntC = 180;

/** Thresholds scatter as those of products do (EN 54-7; EN 54-5, class A1; EN 50291 for a burning room). */
export function drawThreshold(sensing: Sensing, random: SeededRandom): Threshold {
  const respondsMs = Math.round(random.between(2_000, 8_000));
  switch (sensing) {
    case 'smoke':
      return { at: random.between(3, 6), respondsMs };
    case 'heat':
      return { at: random.between(54, 65), respondsMs };
    case 'co':
      return { at: random.between(80, 120), respondsMs };
  }
}

/** What a detector would read at a moment: %/m, °C or ppm. Of several fires the one that tells most. */
export function readingAt(building: BuildingFire, detector: FireDetector, atMs: number): number {
  const { sensing } = detector;
  let most = sensing === 'heat' ? ambientC : 0;
  for (const { fire, ...from } of building.fires) {
    const way = wayTo(building, { ...from, metres: 0 }, detector);
    if (way === null) continue;
    const kw = heatReleaseKw(fire, atMs - way.afterMs);
    most = Math.max(most, readingOf(sensing, kw, way.passes, building.roomM3));
  }
  return most;
}

function wayTo(building: BuildingFire, from: Spot, to: FireDetector): Passage | null {
  return to.yard ?? smokePath(from, to, building);
}

function readingOf(sensing: Sensing, kw: number, passes: number, roomM3: number): number {
  switch (sensing) {
    case 'smoke':
      return obscuration(passes * opticalDensity(kw, roomM3));
    case 'heat':
      return ambientC + passes * ceilingRiseK(kw);
    case 'co':
      return passes * carbonMonoxidePpm(kw, roomM3);
  }
}

/** Everything that the detectors say of a fire, in the order of time. Pure: the same thresholds, the same signals. */
export function playFire(
  building: BuildingFire,
  detectors: readonly FireDetector[],
  thresholds: readonly Threshold[],
): FireSignal[] {
  return detectors
    .flatMap((detector, i) =>
      lifeOf(building, detector, thresholds[i]!).map((signal) => ({ ...signal, detector: i })),
    )
    .sort((a, b) => a.atMs - b.atMs || a.detector - b.detector);
}

function lifeOf(building: BuildingFire, detector: FireDetector, threshold: Threshold) {
  const signals: Omit<FireSignal, 'detector'>[] = [];
  const floor = detector.sensing === 'heat' ? ambientC : 0;
  const above = (part: number) => floor + (threshold.at - floor) * part;
  let lit = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (atMs: number, phase: FireSignal['phase'], value: number) => {
    signals.push({ atMs, phase, value: Math.round(value * 100) / 100 });
    toldAt = atMs;
  };
  for (let at = 0; at + threshold.respondsMs <= building.untilMs; at += lookMs) {
    const value = readingAt(building, detector, at);
    const said = at + threshold.respondsMs;
    if (isBurnt(building, detector, at)) break;
    if (!lit && value >= threshold.at) {
      tell(said, 'alarm', value);
      lit = true;
    } else if (lit && value < above(clearsBelow)) {
      tell(said, 'clear', value);
      lit = false;
    } else if (lit && said - toldAt >= tellsMs.again) tell(said, 'again', value);
    else if (!lit && value >= above(risingFrom) && said - toldAt >= tellsMs.rising)
      tell(said, 'rising', value);
  }
  return signals;
}

function isBurnt(building: BuildingFire, detector: FireDetector, atMs: number): boolean {
  if (detector.yard !== null) return false;
  return readingAt(building, { ...detector, sensing: 'heat' }, atMs) > burntC;
}

/** Heat that the fire gives off in all its rooms at a moment: what a camera sees from outside. kW. */
export function wholeFireKw(building: BuildingFire, atMs: number): number {
  return building.fires.reduce((sum, { fire }) => sum + heatReleaseKw(fire, atMs), 0);
}
