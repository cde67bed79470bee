import type { KeptEvent } from '@fenghuo/contracts/case.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';

/**
 * What a case keeps of an event for good. Not what a person said in a report: that concerns people, lies beside the
 * record, and can be erased there.
 */
export function keptEvent(event: Omit<DeviceEvent, 'ident'>): KeptEvent {
  const { deviceId: device, kind, state, value, unit, at, receivedAt, late } = event;
  const attrs = kind === 'report' ? null : event.attrs;
  return { device, kind, state, value, unit, attrs, at, receivedAt, late };
}
