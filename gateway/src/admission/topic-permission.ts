import { commandTopic } from '@fenghuo/contracts/topics.ts';
import type { ReadTopic } from '../read-topic.ts';
import type { Principal } from './principals.ts';

/**
 * True when the principal may publish on a topic: in its own world (`run`), and on a native topic only in its
 * county and for its devices. A topic of a foreign dialect (`address` null) may name its devices in the payload, so who
 * may use the topic is let through here, and asked {@link mayPublishAs} once it is decoded; a device speaks the native
 * dialect. A session carries what an external broker let through, live and of every
 * drill: who may publish in which is for the broker's own access list. The topic alone says which world it is.
 */
export function mayPublishOn(principal: Principal, { run, address, original }: ReadTopic): boolean {
  if (!isOwnWorld(principal, run)) return false;
  if (address === null) return principal.kind !== 'device' && principal.mayUse(original);
  return mayPublishAs(principal, address.county, address.deviceId);
}

/** `run` is empty for a drill topic that names none: nobody's. */
function isOwnWorld(principal: Principal, run: string | null): boolean {
  return principal.kind === 'session' ? run !== '' : run === principal.run;
}

export function mayPublishAs(principal: Principal, county: string, deviceId: string): boolean {
  return county === principal.county && principal.mayPublish(deviceId);
}

/**
 * True when the principal may hear what a topic filter selects: exactly the command topic of a device that it
 * speaks for. Wildcards, drills and everything else are nobody's: nothing is routed from device to device.
 */
export function mayHear(principal: Principal, filter: string): boolean {
  if (principal.run !== null) return false;
  if (principal.kind !== 'device' && principal.kind !== 'bridge') return false;
  const deviceId = filter.split('/')[3];
  if (deviceId === undefined || deviceId === '+' || deviceId === '#') return false;
  return filter === commandTopic(principal.county, deviceId) && principal.mayPublish(deviceId);
}
