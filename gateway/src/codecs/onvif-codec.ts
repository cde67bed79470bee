import type { ReportedKind, ReportedState } from '@fenghuo/contracts/words.ts';
import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { isRecord, readJsonPayload } from './json-payload.ts';

type Meaning = { kind: ReportedKind; state: Exclude<ReportedState, 'normal'> } | 'silent';

/** What ONVIF's topics mean, the first that matches the path (ONVIF Core, Imaging, Analytics and Device IO). */
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [/Smoke/, { kind: 'camera.smoke', state: 'alarm' }],
  [/Fire|Flame/, { kind: 'camera.fire', state: 'alarm' }],
  [/Crowd|Gathering/, { kind: 'camera.crowd', state: 'alarm' }],
  [/FieldDetector|LineDetector|Intrusion|Loitering/, { kind: 'camera.intrusion', state: 'alarm' }],
  [/Tamper|GlobalSceneChange|ImageToo/, { kind: 'tamper', state: 'fault' }],
  [/HardwareFailure|SignalLoss|StorageFailure/, { kind: 'fault', state: 'fault' }],
  [/Motion|DigitalInput|Relay|Monitoring|Recording|Configuration|UserAlarm|Profile/, 'silent'],
];

const topicPattern = /^(.+?)\/onvif-ej\/([^&]+?)(?:\/&(.*))?$/;

/**
 * ONVIF events in JSON over MQTT (ONVIF Core, "MQTT event publishing"): `{prefix}/onvif-ej/{topic path}/&{source values}`.
 * The camera goes by its prefix; each source and rule of it is an aspect of its condition. Property events are
 * published retained, so RETAIN says nothing and `UtcTime` does; deleting one (no bytes) ends what it said. An event
 * without a state of its own, such as a line that was crossed, is one alarm each.
 */
export const onvif: Dialect = {
  name: 'onvif',
  filters: ['+/onvif-ej/#'],
  hears: ({ original }) => topicPattern.test(original),
  read,
};

function read({ topic, payload }: DialectMessage): DialectReading {
  const [, entity = '', path = '', sources = ''] = topicPattern.exec(topic.original) ?? [];
  const meaning = meanings.find(([pattern]) => pattern.test(path))?.[1];
  if (meaning === undefined) return { reason: 'unknown-payload', detail: `no declared meaning: ${path}` };
  if (meaning === 'silent') return payload.length === 0 ? nothingSaid : { reports: [], heard: [entity] };
  const aspect = `${path} ${sources}`;
  const report: Report = { entity, kind: meaning.kind, state: meaning.state, aspect, standing: true };
  if (payload.length === 0) return { reports: [{ ...report, state: 'normal', attrs: { deleted: path } }] };
  const parsed = readJsonPayload(payload);
  if ('reason' in parsed) return parsed;
  if (!isRecord(parsed.json)) return { reason: 'schema', detail: '(message): expected an object' };
  return readEvent(report, path, parsed.json);
}

function readEvent(report: Report, path: string, json: Record<string, unknown>): DialectReading {
  const at = typeof json.UtcTime === 'string' ? Date.parse(json.UtcTime) : Number.NaN;
  if (Number.isNaN(at)) return { reason: 'bad-time', detail: 'UtcTime is missing or is none' };
  const [source, data] = [readItems(json.Source), readItems(json.Data)];
  const held = readState(data);
  const attrs = { topic: path, source, data };
  if (held === null)
    return { reports: [{ ...report, at, attrs, content: JSON.stringify([path, source, data]) }] };
  return { reports: [{ ...report, at, attrs, state: held ? report.state : 'normal' }] };
}

/** `{"Rule":"Hall"}`, or the same as `{"SimpleItem":[{"Name":"Rule","Value":"Hall"}]}`. */
function readItems(said: unknown): Record<string, unknown> {
  if (!isRecord(said)) return {};
  if (said.SimpleItem === undefined) return said;
  const items = Array.isArray(said.SimpleItem) ? said.SimpleItem : [said.SimpleItem];
  const pairs = items.flatMap((item) =>
    isRecord(item) && typeof item.Name === 'string' ? [[item.Name, item.Value] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** The members that tell of a condition, as the norm's topics name them. */
const stateNames = /^(State|Is[A-Z]\w*|Failed|SignalLoss|Alarm)$/;

/** Null: the event has no state; it happened, that is all. */
function readState(data: Record<string, unknown>): boolean | null {
  for (const [name, value] of Object.entries(data)) {
    if (!stateNames.test(name)) continue;
    if (value === true || value === 'true' || value === '1' || value === 1) return true;
    if (value === false || value === 'false' || value === '0' || value === 0) return false;
  }
  return null;
}
