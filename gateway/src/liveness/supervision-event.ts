import { identOfId } from '../codecs/event-ident.ts';
import type { DeviceEvent } from '../device-event.ts';
import type { SilenceChange } from './supervision.ts';

/** Where events come from that no device sent. */
const source = 'supervision';

const own = { run: null, hasDeviceTime: false, value: null, unit: null, source } as const;
/** `delayed`: after a restart it may be told a second time. */
const sound = { late: false, delayed: true, skewed: false, retained: false } as const;

/**
 * A silence or its end as an event: an input like any other, stored and replayed like any other. Its time is when
 * the device was last heard (or heard again), so told twice it meets its twin. State `fault`: it waits with the
 * telemetry, for a county that falls silent must not stand in the way of a fire.
 */
export function silenceEvent(deviceId: string, change: SilenceChange, now: number): DeviceEvent {
  const silent = change.change === 'silent';
  return {
    ...{ ...own, ...sound, deviceId, kind: 'silent', state: silent ? 'fault' : 'normal' },
    at: change.at,
    ident: identOfId(`${source}:${change.change}`),
    attrs: { cause: change.cause, children: change.children },
    receivedAt: now,
  };
}

/** A condition that has stood for too long: which, and since when. */
export interface StuckCondition {
  deviceId: string;
  kind: DeviceEvent['kind'];
  since: number;
}

/** A device that sticks in alarm, as an event; its time is when the condition began. */
export function stuckEvent({ deviceId, kind, since }: StuckCondition, now: number): DeviceEvent {
  return {
    ...{ ...own, ...sound, deviceId, kind: 'stuck', state: 'fault' },
    at: since,
    ident: identOfId(`${source}:stuck:${kind}`),
    attrs: { condition: kind },
    receivedAt: now,
  };
}
