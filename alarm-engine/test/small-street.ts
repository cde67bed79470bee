import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredBuilding, RegisteredDevice } from '../src/registry/registry.ts';
import { EventView } from '../src/rules/event-view.ts';
import { RecentSignals, type Signal } from '../src/rules/recent-signals.ts';

export const tower: RegisteredBuilding = {
  id: 'B1',
  area: '331081100203-02',
  name: { zh: '12 号楼', en: 'Block 12' },
  use: 'high-rise',
  floors: 9,
  lon: 121.36,
  lat: 28.48,
};

/** Metres to the east, in degrees at this latitude. */
export const eastwards = (metres: number) => metres / (111_320 * Math.cos((28.48 * Math.PI) / 180));

/** A device of the tower, unless it is said otherwise. */
export const device = (no: number, more: Partial<RegisteredDevice> = {}): RegisteredDevice => ({
  ...{ no, id: `D${no}`, type: 'smoke', area: tower.area, building: tower.id, floor: 1, room: null },
  ...{ lon: tower.lon, lat: tower.lat },
  ...more,
});

export const camera = (no: number, metres: number): RegisteredDevice =>
  device(no, { type: 'camera', building: null, floor: null, lon: tower.lon + eastwards(metres) });

const eventOf = (of: RegisteredDevice, more: Partial<DeviceEvent> = {}): DeviceEvent => ({
  ...{ deviceId: of.id, run: null, at: 0, hasDeviceTime: true, ident: 0n, kind: 'smoke', state: 'alarm' },
  ...{ value: null, unit: null, attrs: null, receivedAt: 0, late: false, delayed: false, skewed: false },
  ...{ retained: false, source: 'test' },
  ...more,
});

/** A street whose devices speak, one after the other; it remembers as the engine does. */
export class Street {
  readonly recent = new RecentSignals();
  /** Alarms whose condition holds, however old. */
  standing: Signal[] = [];
  now = Date.parse('2026-05-04T10:00:00+08:00');

  /** Says something now, and sees it as the engine would. */
  say(of: RegisteredDevice, more: Partial<DeviceEvent> = {}): EventView {
    const view = new EventView({
      event: eventOf(of, { at: this.now, receivedAt: this.now, ...more }),
      device: of,
      building: of.building === tower.id ? tower : null,
      label: of.type === 'camera' ? '泽国-0231' : of.id,
      now: this.now,
      surroundings: {
        recent: this.recent,
        standing: () => this.standing,
        timeZone: 'Asia/Shanghai',
      },
    });
    if (view.event.state !== 'normal') this.recent.enter(view.event.run, view.signal);
    return view;
  }

  wait(seconds: number): void {
    this.now += seconds * 1000;
  }
}
