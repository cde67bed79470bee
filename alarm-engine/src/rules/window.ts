import type { DeviceType, EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import type { EventView, Scope } from './event-view.ts';
import { isGrid, type Signal } from './recent-signals.ts';

/** A question to the recent signals, declared by name in the book; it keeps nothing itself. */
export interface Window {
  name: string;
  kinds: ReadonlySet<EventKind>;
  /** Null: devices of any type. */
  devices: ReadonlySet<DeviceType> | null;
  states: ReadonlySet<ReportedState>;
  within: { of: 'device' | 'building' | 'grid' } | { of: 'near'; metres: number };
  overMs: number;
  /** An alarm whose condition still holds counts, however long ago it was raised. */
  standing: boolean;
}

/** What a window holds as an event sees it, as evidence. `signals` are in order of time, the event's own among them. */
export interface Evidence {
  window: Window;
  signals: readonly Signal[];
  finding: Finding;
}

/** What an expression may ask of a window. */
export class Finding {
  /** Devices, the event's own included. */
  readonly count: number;
  /** Devices beside the event's own. */
  readonly others: number;
  /** Distinct kinds of event. */
  readonly kinds: number;
  /** Distinct floors that are known. */
  readonly floors: number;
  /** Metres to the nearest other device; infinite when there is none that is located. */
  readonly metres: number;

  constructor(signals: readonly Signal[], own: EventView) {
    const devices = new Set(signals.map((signal) => signal.deviceNo));
    this.count = devices.size;
    this.others = devices.has(own.device.no) ? devices.size - 1 : devices.size;
    this.kinds = new Set(signals.map((signal) => signal.kind)).size;
    this.floors = new Set(signals.map((signal) => signal.floor).filter((floor) => floor !== null)).size;
    this.metres = signals.reduce(
      (least, signal) =>
        signal.deviceNo === own.device.no ? least : Math.min(least, metresTo(own, signal) ?? least),
      Number.POSITIVE_INFINITY,
    );
  }
}

/**
 * Looks a window up as the event sees it. Of one device and kind one signal counts: the event's own, else the newest,
 * else the alarm that stands.
 */
export function lookInto(window: Window, view: EventView): Evidence {
  const { recent, standing } = view.surroundings;
  const { run } = view.event;
  const found = new Map<string | number, Signal>();
  const take = (signal: Signal) => {
    if (!counts(window, signal) || !liesIn(window, view, signal)) return;
    const key = signal.kind === view.event.kind ? signal.deviceNo : `${signal.deviceNo}|${signal.kind}`;
    if (!found.has(key)) found.set(key, signal);
  };
  if (counts(window, view.signal)) found.set(view.device.no, view.signal);
  const since = view.now - window.overMs;
  for (const scope of scopesOf(window, view)) {
    recent.look(run, scope, since, take);
    if (window.standing) for (const signal of standing(scope, run)) take(signal);
  }
  const signals = [...found.values()].sort((a, b) => a.at - b.at || a.deviceNo - b.deviceNo);
  return { window, signals, finding: new Finding(signals, view) };
}

function counts(window: Window, { kind, state, deviceType }: Signal): boolean {
  return (
    window.kinds.has(kind) &&
    window.states.has(state) &&
    (window.devices === null || window.devices.has(deviceType))
  );
}

/** A circle takes in the device's own building too, for what is not located in it. */
function scopesOf({ within }: Window, { device }: EventView): Scope[] {
  const building: Scope[] = device.building === null ? [] : [{ of: 'building', building: device.building }];
  switch (within.of) {
    case 'device':
      return [{ of: 'device', deviceNo: device.no }];
    case 'building':
      return building;
    case 'grid':
      return isGrid(device.area) ? [{ of: 'grid', area: device.area }] : [];
    case 'near':
      if (device.lon === null || device.lat === null) return building;
      return [{ of: 'near', lon: device.lon, lat: device.lat, metres: within.metres }, ...building];
  }
}

function liesIn({ within }: Window, view: EventView, signal: Signal): boolean {
  const { device } = view;
  const sharesBuilding = device.building !== null && signal.building === device.building;
  switch (within.of) {
    case 'device':
      return signal.deviceNo === device.no;
    case 'building':
      return sharesBuilding;
    case 'grid':
      return signal.area === device.area;
    case 'near': {
      const metres = metresTo(view, signal);
      return metres === null ? sharesBuilding : metres <= within.metres;
    }
  }
}

/** Metres from the event's device to another; null when either is not located. */
export function metresTo({ device }: EventView, { lon, lat }: Signal): number | null {
  if (device.lon === null || device.lat === null || lon === null || lat === null) return null;
  return metresBetween({ lon: device.lon, lat: device.lat }, { lon, lat });
}
