/**
 * The topic tree of the house. Live: `fenghuo/v1/{county}/{deviceId}/event|heartbeat`; drills:
 * `fenghuo-drill/v1/{runId}/~/{the original topic}`. A device hears `fenghuo/v1/{county}/{deviceId}/command`.
 */

/** What a device publishes. */
export type DeviceChannel = 'event' | 'heartbeat';

export interface DeviceTopic {
  county: string;
  deviceId: string;
  channel: DeviceChannel;
  /** Drill run, or null when live. */
  run: string | null;
}

const deviceIdPattern = /^(?!\.\.?$)[\p{L}\p{N}._:-]{1,64}$/u;
const runPattern = /^[A-Za-z0-9_-]{1,40}$/;

/** True for an id that may stand in a topic: letters, digits and `._:-`, 1 to 64 of them, but not `.` or `..`. */
export function isDeviceId(text: string): boolean {
  return deviceIdPattern.test(text);
}

/** The topic on which a device publishes, live or, with `run`, in a drill. */
export function deviceTopic({ county, deviceId, channel, run }: DeviceTopic): string {
  const live = `fenghuo/v1/${county}/${deviceId}/${channel}`;
  return run === null ? live : `fenghuo-drill/v1/${run}/~/${live}`;
}

/** The only topic that a device may subscribe to. */
export function commandTopic(county: string, deviceId: string): string {
  return `fenghuo/v1/${county}/${deviceId}/command`;
}

/** Splits a drill topic into its run and the original topic; a live topic has run null. */
export function splitDrill(topic: string): { run: string | null; topic: string } | null {
  if (!topic.startsWith('fenghuo-drill/')) return { run: null, topic };
  const parts = topic.split('/');
  const [, version, run, tilde] = parts;
  if (version !== 'v1' || run === undefined || !runPattern.test(run) || tilde !== '~' || parts.length < 5)
    return null;
  return { run, topic: parts.slice(4).join('/') };
}

/** One expression instead of splitting: a third of the time, on a path that every message takes. */
const nativeTopicPattern = /^fenghuo\/v1\/([^/]+)\/(?!\.\.?\/)([\p{L}\p{N}._:-]{1,64})\/(event|heartbeat)$/u;

/** Reads a native topic, live or drill; null when it is none. */
export function parseDeviceTopic(topic: string): DeviceTopic | null {
  const drill = splitDrill(topic);
  if (drill === null) return null;
  const match = nativeTopicPattern.exec(drill.topic);
  if (match === null) return null;
  return { county: match[1]!, deviceId: match[2]!, channel: match[3] as DeviceChannel, run: drill.run };
}

/** True for a filter in which wildcards stand where they may: `+` alone in its level, `#` alone in the last. */
export function isTopicFilter(filter: string): boolean {
  const levels = filter.split('/');
  return (
    filter !== '' &&
    levels.every(
      (level, i) => !/[+#]/.test(level) || level === '+' || (level === '#' && i === levels.length - 1),
    )
  );
}
