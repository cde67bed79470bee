import {
  type BuildingFire,
  drawThreshold,
  type FireDetector,
  playFire,
  readingAt,
  type Sensing,
  sensings,
  wholeFireKw,
} from '../../fire-model/play-fire.ts';
import type { StandingBuilding, StandingDevice } from '../../read-estate.ts';
import { metresBetween } from '../choose-places.ts';
import type { FireStory } from '../scenario-schema.ts';
import type { Said } from '../script.ts';
import type { Played, Scene } from './actor.ts';

/** A detector that a fire may come to. */
interface Exposed {
  device: StandingDevice;
  detector: FireDetector;
}

const unitOf: Record<Sensing, string> = { smoke: '%/m', heat: 'C', co: 'ppm' };
const curveEveryMs = 2_000;
const mostCurves = 6;
/** Wind carries smoke over a yard, m/s. */
const windMs = 1;

/** A fire in a building: its detectors, its neighbours', a person at a call point, and the cameras around. */
export function playFireStory(story: FireStory, scene: Scene): Played {
  const building = scene.places.get(story.in)!;
  const origin = originOf(story, building, scene);
  const fire = fireOf(story, scene, origin);
  const exposed = [...ownDetectors(building, origin), ...neighbours(story, scene, building)];
  const detectors = exposed.map(({ detector }) => detector);
  const thresholds = exposed.map(({ device, detector }) =>
    drawThreshold(detector.sensing, scene.random.fork(device.id)),
  );
  const signals = playFire(fire, detectors, thresholds);
  const said = signals.map(({ atMs, detector, phase, value }) => {
    const { device, detector: it } = exposed[detector]!;
    const isLit = phase === 'alarm' || phase === 'again';
    const message: Said = {
      ...{ kind: it.sensing, state: isLit ? 'alarm' : 'normal', value, unit: unitOf[it.sensing] },
    };
    return {
      at: atMs,
      device: device.id,
      message,
      expects: isLit ? ('alarm' as const) : ('nothing' as const),
    };
  });
  const lit = [...new Set(signals.flatMap(({ phase, detector }) => (phase === 'alarm' ? [detector] : [])))];
  return {
    publications: [
      ...said,
      ...callPoint(story, scene, building, origin.floor),
      ...cameras(story, scene, { building, fire }),
    ],
    curves: lit.slice(0, mostCurves).map((i) => curveOf(exposed[i]!, fire, scene)),
  };
}

interface Origin {
  floor: number;
  room: string | null;
  lon: number;
  lat: number;
}

function isSensing(type: StandingDevice['type']): type is Sensing {
  return sensings.includes(type as Sensing);
}

/** The room of one of the building's detectors, on the floor that was asked for where it has any there. */
function originOf({ floor }: FireStory, building: StandingBuilding, { random }: Scene): Origin {
  const all = building.devices.filter(({ type }) => isSensing(type));
  const there = floor === undefined ? all : all.filter((device) => device.floor === floor);
  const smoke = there.filter(({ type }) => type === 'smoke');
  const from = smoke.length > 0 ? smoke : there;
  if (from.length === 0) return { floor: floor ?? 1, room: null, lon: building.lon, lat: building.lat };
  const { floor: drawn, room, lon, lat } = random.fork('origin').pick(from);
  return { floor: drawn ?? 1, room, lon, lat };
}

function fireOf(story: FireStory, scene: Scene, origin: Origin): BuildingFire {
  const { spreads, growth, smoulders, peak_kw: peakKw } = story;
  const floors = spreads === undefined ? 1 : spreads.floors;
  const outAt = scene.startsAt + story.out_after;
  return {
    fires: Array.from({ length: floors }, (_, i) => ({
      floor: origin.floor + i,
      room: i === 0 ? origin.room : null,
      fire: {
        growth,
        beginsAt: scene.startsAt + i * (spreads?.every ?? 0),
        smouldersMs: i === 0 ? smoulders : 0,
        peakKw,
        outAt,
      },
    })).filter(({ fire }) => fire.beginsAt < outAt),
    door: { afterMs: story.door.after, passes: story.door.passes },
    stairs: { afterMs: story.stairs.after, passes: story.stairs.passes },
    roomM3: story.room_m3,
    untilMs: scene.endsAt,
  };
}

function ownDetectors(building: StandingBuilding, origin: Origin): Exposed[] {
  return building.devices.flatMap((device) => {
    if (!isSensing(device.type)) return [];
    const metres = metresBetween(device, origin);
    const { floor, room, type: sensing } = device;
    return [{ device, detector: { floor: floor ?? 1, room, metres, sensing, yard: null } }];
  });
}

/** Smoke drifts over to the nearest buildings: thin, late, and to their smoke detectors only. */
function neighbours({ neighbours: asked }: FireStory, scene: Scene, building: StandingBuilding): Exposed[] {
  if (asked === undefined) return [];
  const near = scene.estate.buildings
    .filter((other) => other !== building && metresBetween(other, building) <= asked.within)
    .sort((a, b) => metresBetween(a, building) - metresBetween(b, building) || (a.id < b.id ? -1 : 1));
  return near.flatMap((other) => {
    const metres = metresBetween(other, building);
    const yard = { afterMs: asked.after + (metres / windMs) * 1000, passes: asked.passes };
    return other.devices
      .filter(({ type }) => type === 'smoke')
      .slice(0, asked.most)
      .map((device) => ({
        device,
        detector: { floor: device.floor ?? 1, room: device.room, metres, sensing: 'smoke' as const, yard },
      }));
  });
}

/** Somebody runs past a call point on the way out: the one nearest to the floor that burns. */
function callPoint(
  { call_point: asked }: FireStory,
  scene: Scene,
  building: StandingBuilding,
  floor: number,
): Played['publications'] {
  if (asked === undefined) return [];
  const away = (device: StandingDevice) => Math.abs((device.floor ?? 1) - floor);
  const [nearest] = building.devices
    .filter(({ type }) => type === 'manual')
    .sort((a, b) => away(a) - away(b));
  if (nearest === undefined) return [];
  const message = { kind: 'manual', state: 'alarm', attrs: { by: 'person' } } as const;
  return [{ at: scene.startsAt + asked.after, device: nearest.id, message, expects: 'alarm' }];
}

/** A camera sees a fire late, or not at all: once flames show at a window, after a while, when nothing is in its way. */
function cameras(
  { cameras: asked }: FireStory,
  scene: Scene,
  { building, fire }: { building: StandingBuilding; fire: BuildingFire },
): Played['publications'] {
  if (asked === undefined) return [];
  const showsAt = firstMoment(scene, (at) => wholeFireKw(fire, at) >= asked.from_kw);
  if (showsAt === null) return [];
  const near = scene.estate.devices
    .filter((device) => device.type === 'camera' && metresBetween(device, building) <= asked.within)
    .sort((a, b) => metresBetween(a, building) - metresBetween(b, building) || (a.id < b.id ? -1 : 1))
    .slice(0, asked.most);
  return near.flatMap((camera): Played['publications'] => {
    const random = scene.random.fork(camera.id);
    if (!random.chance(asked.sees)) return [];
    const at = Math.round(showsAt + random.between(...asked.after));
    const confidence = Math.round(random.between(0.7, 0.97) * 100) / 100;
    const kind = random.chance(0.6) ? 'camera.smoke' : 'camera.fire';
    return [
      { at, device: camera.id, message: { kind, state: 'alarm', attrs: { confidence } }, expects: 'alarm' },
    ];
  });
}

function firstMoment({ startsAt, endsAt }: Scene, holds: (at: number) => boolean): number | null {
  for (let at = startsAt; at < endsAt; at += 1000) if (holds(at)) return at;
  return null;
}

function curveOf({ device, detector }: Exposed, fire: BuildingFire, { endsAt }: Scene) {
  const values = Array.from(
    { length: Math.ceil(endsAt / curveEveryMs) },
    (_, i) => Math.round(readingAt(fire, detector, i * curveEveryMs) * 100) / 100,
  );
  const label = `${device.id} · ${device.floor ?? '–'}F ${device.room ?? ''}`.trim();
  return { label, unit: unitOf[detector.sensing], everyMs: curveEveryMs, values };
}
