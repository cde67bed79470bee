import { type DeviceType, type EventKind, eventKinds, type ReportedState } from '@fenghuo/contracts/words.ts';
import type { EventView, Scope } from './event-view.ts';
import { isGrid, type Signal } from './recent-signals.ts';

/** A question to the recent signals, declared by name in the book; it keeps nothing itself. */
export interface Window {
  name: string;
  kinds: ReadonlySet<EventKind>;
  /** The same as bits. */
  bits: number;
  /** Null: devices of any type. */
  devices: ReadonlySet<DeviceType> | null;
  states: ReadonlySet<ReportedState>;
  within: { of: 'device' | 'building' | 'grid' } | { of: 'near'; metres: number };
  overMs: number;
  /** An alarm whose condition still holds counts, however long ago it was raised. */
  standing: boolean;
}

/** Kinds by number: a device and a kind make one number. */
const kindNumbers = new Map(eventKinds.map((kind, i) => [kind, i]));
const keyOf = ({ deviceNo, kind }: Signal) => deviceNo * eventKinds.length + (kindNumbers.get(kind) ?? 0);

/**
 * What a window holds as an event sees it: what an expression may ask, and the evidence for people. Counted when it is
 * asked for, since most are asked one question.
 */
export class Finding {
  readonly window: Window;
  readonly view: EventView;
  /** One of a device and kind, the event's own among them, in no order. */
  readonly signals: readonly Signal[];
  #devices: number | null = null;

  constructor(window: Window, view: EventView, signals: readonly Signal[]) {
    this.window = window;
    this.view = view;
    this.signals = signals;
  }

  /** Devices, the event's own included. */
  get count(): number {
    this.#devices ??= distinct(this.signals.map(({ deviceNo }) => deviceNo));
    return this.#devices;
  }

  /** Devices beside the event's own. */
  get others(): number {
    const own = this.view.device.no;
    return this.count - (this.signals.some(({ deviceNo }) => deviceNo === own) ? 1 : 0);
  }

  /** Distinct kinds of event. */
  get kinds(): number {
    return distinct(this.signals.map(({ kind }) => kind));
  }

  /** Distinct floors that are known. */
  get floors(): number {
    return distinct(this.signals.map(({ floor }) => floor).filter((floor) => floor !== null));
  }

  /** Metres to the nearest other device; infinite when there is none that is located. */
  get metres(): number {
    const { view } = this;
    return this.signals.reduce(
      (least, signal) =>
        signal.deviceNo === view.device.no ? least : Math.min(least, view.metresTo(signal) ?? least),
      Number.POSITIVE_INFINITY,
    );
  }

  /** The signals as they happened. */
  get inOrder(): Signal[] {
    return this.signals.toSorted((a, b) => a.at - b.at || a.deviceNo - b.deviceNo);
  }
}

const distinct = (values: readonly unknown[]) => (values.length < 2 ? values.length : new Set(values).size);

/**
 * Looks a window up as the event sees it. Of one device and kind one signal counts: the event's own, else the newest,
 * else the alarm that stands.
 */
export function lookInto(window: Window, view: EventView): Finding {
  const { recent, standing } = view.surroundings;
  const { run } = view.event;
  const found = new Map<number, Signal>();
  const take = (signal: Signal) => {
    if (!counts(window, signal) || !liesIn(window, view, signal)) return;
    const key = keyOf(signal);
    if (!found.has(key)) found.set(key, signal);
  };
  if (counts(window, view.signal)) found.set(keyOf(view.signal), view.signal);
  const asked = { kinds: window.bits, since: view.now - window.overMs };
  for (const scope of scopesOf(window, view)) {
    recent.look(run, scope, asked, take);
    if (window.standing) for (const signal of standing(scope, run, window.kinds)) take(signal);
  }
  return new Finding(window, view, [...found.values()]);
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
  switch (within.of) {
    case 'device':
      return signal.deviceNo === device.no;
    case 'building':
      return sharesBuilding(view, signal);
    case 'grid':
      return signal.area === device.area;
    case 'near': {
      const metres = view.metresTo(signal);
      return metres === null ? sharesBuilding(view, signal) : metres <= within.metres;
    }
  }
}

const sharesBuilding = ({ device }: EventView, { building }: Signal) =>
  building !== null && building === device.building;
