import type { UpkeepRecord } from '@fenghuo/contracts/records.ts';
import { type EventKind, eventKinds } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import { deviceKey, upkeepKey } from './engine-state.ts';
import { newId, saveUpkeep, type Turn } from './turn.ts';

/** Opens a work order of upkeep 维保 for a device and kind, or keeps the one that is open. */
export function openUpkeep(turn: Turn, event: DeviceEvent, device: RegisteredDevice): void {
  const kind: EventKind = turn.rulebook.upkeepKinds.has(event.kind) ? event.kind : 'fault';
  const key = upkeepKey(event.run, device.id, kind);
  if (turn.state.upkeep.get(key) !== undefined) return;
  const item: UpkeepRecord = {
    id: newId(turn, 'U'),
    run: event.run,
    device: device.id,
    kind,
    cause: kind === 'silent' ? (event.attrs?.cause === 'children' ? 'children' : 'own') : null,
    area: device.area,
    building: device.building,
    openedAt: turn.now,
    lastEventAt: turn.now,
    ...{ assigned: null, resolved: null, returns: [] },
    closedAt: null,
    version: 1,
  };
  saveUpkeep(turn, item);
}

/** The device says it is well again: the kind that it names, or with `restore` every one, whatever the book calls upkeep now. */
export function closeUpkeep(turn: Turn, event: DeviceEvent): void {
  const kinds = event.kind === 'restore' ? eventKinds : [event.kind];
  for (const kind of kinds) close(turn, upkeepKey(event.run, event.deviceId, kind));
}

/** The device left the alarm in which it stuck. */
export function closeStuck(turn: Turn, event: DeviceEvent): void {
  close(turn, upkeepKey(event.run, event.deviceId, 'stuck'));
}

/** Cheap: asked of every device that says that it is well. */
export function isStuck(turn: Turn, event: DeviceEvent): boolean {
  return turn.state.stuck.get(deviceKey(event.run, event.deviceId)) === true;
}

function close(turn: Turn, key: string): void {
  const item = turn.state.upkeep.get(key);
  if (item === undefined) return;
  saveUpkeep(turn, { ...item, closedAt: turn.now, version: item.version + 1 });
}
