import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredDevice, Registry } from '../registry/registry.ts';
import type { NumberedEvent } from '../store/event-rows.ts';
import type { Batch } from './batch.ts';

/** Inputs of a batch with their engine numbers: commands first, then events, then what is due. */
export interface NumberedInputs {
  events: NumberedEvent[];
  /** Devices heard of for the first time, with the numbers that they get. */
  unknown: { no: number; id: string }[];
  /** Drill events of devices that nobody registered: a drill adds nothing to the live registry. */
  strangers: DeviceEvent[];
  /** The transport says of one of them that it may have come before. */
  redelivered: boolean;
  firstCommandNo: number;
  firstEventNo: number;
  lastNo: number;
}

export function numberInputs(batch: Batch, registry: Registry, after: number): NumberedInputs {
  let no = after + batch.commands.length;
  const firstEventNo = no + 1;
  const unknown = new Map<string, number>();
  const strangers: DeviceEvent[] = [];
  const events: NumberedEvent[] = [];
  let redelivered = false;
  for (const delivery of batch.deliveries) {
    if (delivery.event === undefined) continue;
    const { event, deviceNo: heardOf = -1 } = delivery;
    const known = heardOf >= 0 ? heardOf : registry.numberOf(event.deviceId);
    if (known < 0 && event.run !== null) {
      strangers.push(event);
      continue;
    }
    redelivered ||= event.delayed;
    const deviceNo = known < 0 ? numberUnknown(registry, unknown, event.deviceId) : known;
    events.push({ event, deviceNo, engineNo: ++no });
  }
  const lastNo = Math.max(no + batch.due.length, after + 1);
  const fresh = [...unknown].map(([id, no]) => ({ no, id }));
  const firstCommandNo = after + 1;
  return { events, strangers, redelivered, unknown: fresh, firstCommandNo, firstEventNo, lastNo };
}

function numberUnknown(registry: Registry, unknown: Map<string, number>, deviceId: string): number {
  const no = unknown.get(deviceId) ?? registry.deviceCount + unknown.size;
  unknown.set(deviceId, no);
  return no;
}

/** A device as the registry will have it after the commit. */
export function deviceOf(registry: Registry, no: number, id: string): RegisteredDevice {
  return no >= 0 && no < registry.deviceCount
    ? registry.device(no)
    : { ...unknownDevice(no, id), area: registry.county.code };
}

export function unknownDevice(no: number, id: string) {
  return {
    no,
    id,
    type: 'unknown' as const,
    area: null,
    building: null,
    floor: null,
    room: null,
    lon: null,
    lat: null,
  };
}
