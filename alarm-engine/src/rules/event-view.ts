import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { metresPerDegree } from '../alarms/group-incidents.ts';
import type { RegisteredBuilding, RegisteredDevice } from '../registry/registry.ts';
import type { Facts } from './facts.ts';
import type { RecentSignals, Signal } from './recent-signals.ts';

/** Where a window looks. `near` is a circle of at most {@link maxRadiusM} around a place, `grid` the lowest area 网格. */
export type Scope =
  | { of: 'device'; deviceNo: number }
  | { of: 'building'; building: string }
  | { of: 'grid'; area: string }
  | { of: 'near'; lon: number; lat: number; metres: number };

/** The widest circle of a window, metres: it is searched cell by cell. */
export const maxRadiusM = 500;

/** What an event is seen against. */
export interface Surroundings {
  recent: RecentSignals;
  /** Open alarms of some kinds in the scope whose condition holds, of the run, in any order; others do no harm. */
  standing: (scope: Scope, run: string | null, kinds: ReadonlySet<EventKind>) => Iterable<Signal>;
  /** Of the county, such as `Asia/Shanghai`. */
  timeZone: string;
}

export interface Sight {
  event: DeviceEvent;
  device: RegisteredDevice;
  building: RegisteredBuilding | null;
  /** What people call the device: the code of a camera, the id else. */
  label: string;
  /** Engine time, ms. */
  now: number;
  surroundings: Surroundings;
}

/** An event with all that a rule may ask about it. Made for what may be an alarm; it keeps what was looked up for it. */
export class EventView {
  readonly event: DeviceEvent;
  readonly device: RegisteredDevice;
  readonly building: RegisteredBuilding | null;
  readonly label: string;
  readonly now: number;
  readonly surroundings: Surroundings;
  /** What expressions of a book see of it: kept by `expression.ts`. */
  facts: Facts | null = null;
  #signal: Signal | null = null;
  #perDegreeLon: number | null = null;

  constructor({ event, device, building, label, now, surroundings }: Sight) {
    this.event = event;
    this.device = device;
    this.building = building;
    this.label = label;
    this.now = now;
    this.surroundings = surroundings;
  }

  /** When it happened: a late event when the device says, any other when it came. Never after `now`. */
  get at(): number {
    const { late, at, receivedAt } = this.event;
    return Math.min(late ? Math.min(at, receivedAt) : receivedAt, this.now);
  }

  /** The event as others will find it: what {@link RecentSignals.enter} takes. */
  get signal(): Signal {
    this.#signal ??= signalOf(this);
    return this.#signal;
  }

  /** Metres from the event's device to another, on the plane; null when either is not located. */
  metresTo({ lon, lat }: Signal): number | null {
    const { device } = this;
    if (device.lon === null || device.lat === null || lon === null || lat === null) return null;
    this.#perDegreeLon ??= metresPerDegree * Math.cos((device.lat * Math.PI) / 180);
    const north = (lat - device.lat) * metresPerDegree;
    const east = (lon - device.lon) * this.#perDegreeLon;
    return Math.sqrt(north * north + east * east);
  }
}

function signalOf({ event, device, at, label }: EventView): Signal {
  return {
    deviceNo: device.no,
    device: device.id,
    deviceType: device.type,
    kind: event.kind,
    state: event.state,
    at,
    floor: device.floor,
    lon: device.lon,
    lat: device.lat,
    building: device.building,
    area: device.area,
    label,
  };
}
