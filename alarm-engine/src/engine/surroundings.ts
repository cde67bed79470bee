import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import { EventView, type Scope } from '../rules/event-view.ts';
import { type Signal, shownOf } from '../rules/recent-signals.ts';
import { cellKeysWithin } from '../rules/signal-cells.ts';
import { deviceKey, inBuilding, inCell, standsOpenly } from './engine-state.ts';
import { alarmsOf } from './keep-alarm.ts';
import { deviceOf } from './number-inputs.ts';
import type { Turn } from './turn.ts';

/** An event with its device, its building and what else goes on there. */
export function viewOf(turn: Turn, event: DeviceEvent, device: RegisteredDevice): EventView {
  const { registry, state, now, timeZone } = turn;
  return new EventView({
    event,
    device,
    building: device.building === null ? null : (registry.buildings.get(device.building) ?? null),
    label: registry.cameraCodes.get(device.id) ?? device.id,
    now,
    surroundings: {
      recent: state.signals,
      standing: (scope, run, kinds) => standingIn(turn, run, scope, kinds),
      timeZone,
    },
  });
}

/** A device of the registry, or someone who reported in this batch. */
function knownDevice({ registry, witnesses }: Turn, id: string): RegisteredDevice {
  return witnesses.get(id) ?? deviceOf(registry, registry.numberOf(id), id);
}

/** An open alarm seen as its event was, and now. */
export function viewOfAlarm(turn: Turn, alarm: AlarmRecord): EventView {
  const { device, run, kind, value, unit, raisedAt: at } = alarm;
  const event: DeviceEvent = {
    ...{
      deviceId: device,
      run,
      kind,
      value,
      unit,
      at,
      receivedAt: at,
      ident: 0n,
      state: 'alarm',
      attrs: null,
    },
    ...{
      hasDeviceTime: false,
      late: false,
      skewed: false,
      delayed: false,
      retained: false,
      source: 'engine',
    },
  };
  return viewOf(turn, event, knownDevice(turn, device));
}

/**
 * Open alarms of some kinds whose condition holds, the last to be raised of a place that has many. Of a circle: of all
 * cells that it touches. A grid has no such list: no window that looks at one may ask for it.
 */
function standingIn(turn: Turn, run: string | null, scope: Scope, kinds: ReadonlySet<EventKind>): Signal[] {
  const alarms = alarmsIn(turn, run, scope).filter(({ kind }) => kinds.has(kind));
  return alarms.slice(-shownOf).map((alarm) => standingSignal(turn, alarm));
}

function alarmsIn(turn: Turn, run: string | null, scope: Scope): AlarmRecord[] {
  const at = (key: string) => standingAt(turn, run, key);
  switch (scope.of) {
    case 'device':
      return alarmsOf(turn, run, turn.registry.idOf(scope.deviceNo)).filter(standsOpenly);
    case 'building':
      return at(inBuilding(scope.building));
    case 'grid':
      return [];
    case 'near':
      return [...cellKeysWithin(scope)].flatMap((cell) => at(inCell(cell)));
  }
}

/** Open alarms at a place whose condition holds; the place is named by `inBuilding` or `inCell`. */
export function standingAt({ state }: Turn, run: string | null, place: string): AlarmRecord[] {
  const ids = state.standing.get(deviceKey(run, place)) ?? [];
  return ids.map((id) => state.alarms.get(id)).filter((alarm) => alarm !== undefined);
}

function standingSignal({ registry, witnesses }: Turn, alarm: AlarmRecord): Signal {
  const { device, deviceType, kind, raisedAt, floor, lon, lat, building, area } = alarm;
  return {
    ...{
      deviceNo: witnesses.get(device)?.no ?? registry.numberOf(device),
      device,
      deviceType,
      kind,
      state: 'alarm',
      at: raisedAt,
    },
    ...{ floor, lon, lat, building, area, label: registry.cameraCodes.get(device) ?? device },
  };
}
