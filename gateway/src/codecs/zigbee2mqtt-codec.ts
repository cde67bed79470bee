import type { ReportedKind } from '@fenghuo/contracts/words.ts';
import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { isRecord, readJsonPayload } from './json-payload.ts';
import { lowBattery } from './low-battery.ts';

/** Properties that are true while a condition holds, as zigbee2mqtt's `exposes` name them. */
const conditions: Readonly<Record<string, { kind: ReportedKind; state: 'alarm' | 'fault' | 'test' }>> = {
  smoke: { kind: 'smoke', state: 'alarm' },
  carbon_monoxide: { kind: 'co', state: 'alarm' },
  gas: { kind: 'gas', state: 'alarm' },
  water_leak: { kind: 'water', state: 'alarm' },
  tamper: { kind: 'tamper', state: 'fault' },
  battery_low: { kind: 'battery', state: 'fault' },
  fault: { kind: 'fault', state: 'fault' },
  trouble: { kind: 'fault', state: 'fault' },
  test: { kind: 'test', state: 'test' },
};

/** Measured values that go with a condition. */
const measures: Partial<Record<ReportedKind, { field: string; unit: string | null }>> = {
  smoke: { field: 'smoke_density', unit: null },
  co: { field: 'co', unit: 'ppm' },
  gas: { field: 'gas_value', unit: null },
};

/**
 * A state whose `last_seen` is older than this is the bridge's cache, published again after a restart. What a broker
 * kept for us while we were away is younger, and raises, late.
 */
const cachedAfterMs = 60 * 60_000;

/**
 * zigbee2mqtt: `zigbee2mqtt/{friendly name}` with the device's whole state, `…/availability`, and `…/bridge/state` for
 * the bridge itself. A bridge of several takes `zigbee2mqtt/{site}` as its base topic, and its devices are then
 * called `{site}/{friendly name}`. A state says nothing of when it began, so an event is where it changes.
 *
 * Measured on one busy core: 4 µs a repeated state, 5 µs a change, the making of the event included.
 */
export const zigbee2Mqtt: Dialect = {
  name: 'zigbee2mqtt',
  filters: ['zigbee2mqtt/+', 'zigbee2mqtt/+/availability', 'zigbee2mqtt/bridge/state'],
  hears: ({ original }) => original.startsWith('zigbee2mqtt/'),
  passesOver: ({ original }) => silent.test(original),
  read,
};

/** Commands, and what the bridge tells of itself, such as the list of its devices. */
const silent = /^zigbee2mqtt\/(?:.+\/)?(?:set|get|bridge\/(?!state$).+)$/;

const presence = /^zigbee2mqtt\/(?:(.+)\/availability|((?:.+\/)?bridge)\/state)$/;

function read(message: DialectMessage): DialectReading {
  const { original } = message.topic;
  const [, device, bridge] = presence.exec(original) ?? [];
  const present = device ?? bridge;
  if (present !== undefined) return readAvailability(message, present);
  return readState(message, original.slice('zigbee2mqtt/'.length));
}

function readAvailability({ payload }: DialectMessage, entity: string): DialectReading {
  const text = payload.toString('utf8', 0, 200);
  const state = /^\s*(?:\{.*"state"\s*:\s*"(online|offline)".*\}|(online|offline))\s*$/s.exec(text);
  const said = state?.[1] ?? state?.[2];
  if (said === undefined) return { reason: 'unknown-payload', detail: 'neither online nor offline' };
  const attrs = { availability: said };
  const report: Report = { entity, kind: 'fault', state: said === 'online' ? 'normal' : 'fault', attrs };
  return { reports: [{ ...report, aspect: 'availability', standing: true }] };
}

function readState({ payload, receivedAt }: DialectMessage, entity: string): DialectReading {
  if (entity === '') return { reason: 'unknown-topic', detail: 'it names no device' };
  if (payload.length === 0) return nothingSaid;
  const parsed = readJsonPayload(payload);
  if ('reason' in parsed) return parsed;
  const state = parsed.json;
  if (!isRecord(state)) return { reason: 'schema', detail: '(message): expected an object' };
  const at = readLastSeen(state.last_seen);
  const cached = at !== null && receivedAt - at > cachedAfterMs;
  const said = [...readBattery(state), ...readConditions(state)];
  const reports = said.map((report) => ({ ...report, entity, at, cached, attrs: state }));
  return { reports, heard: cached ? [] : [entity] };
}

type Said = Omit<Report, 'entity'>;

function readConditions(state: Record<string, unknown>): Said[] {
  return Object.entries(conditions).flatMap(([name, { kind, state: held }]) => {
    const said = state[name];
    if (typeof said !== 'boolean') return [];
    const measure = measures[kind];
    const value = measure === undefined ? undefined : state[measure.field];
    const measured = typeof value === 'number' ? { value, unit: measure?.unit ?? null } : {};
    return [{ kind, aspect: name, state: said ? held : ('normal' as const), ...measured }];
  });
}

function readBattery({ battery }: Record<string, unknown>): Said[] {
  return typeof battery === 'number' ? [{ ...lowBattery(battery), aspect: 'battery' }] : [];
}

/** ISO 8601, or ms since 1970 where the bridge is set to `epoch`. */
function readLastSeen(said: unknown): number | null {
  const ms = typeof said === 'string' ? Date.parse(said) : said;
  return typeof ms === 'number' && Number.isFinite(ms) && ms > 0 ? ms : null;
}
