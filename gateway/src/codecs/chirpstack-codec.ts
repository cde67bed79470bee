import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import {
  type ChirpStackUplink,
  chirpStackStatus,
  chirpStackUplink,
} from '@fenghuo/contracts/chirpstack-message.ts';
import { misshapenReason } from './codec.ts';
import { type Declared, readDeclared } from './declared-fields.ts';
import { type Dialect, type DialectMessage, type DialectReading, nothingSaid } from './dialect.ts';
import { readJsonPayload } from './json-payload.ts';

const topicPattern = /^application\/[^/]+\/device\/([0-9a-fA-F]{16})\/event\/([a-z]+)$/;

/** Deployed decoders nest no deeper. */
const deepest = 3;

/**
 * ChirpStack v4: `application/{id}/device/{devEui}/event/up` and `…/status`; the device goes by its EUI. What an uplink
 * says is read from `object`, where a codec runs there, by the names of `declared-fields.ts`; without one, from the
 * bits of `data` that the device's or the profile's tag `fenghuo` declares, such as `0.0 smoke, 0.1 tamper, 1 battery`
 * (byte and bit, or a byte in percent). An uplink that two gateways heard has one `deduplicationId`.
 */
export const chirpStack: Dialect = {
  name: 'chirpstack',
  filters: ['application/+/device/+/event/+'],
  hears: ({ original }) => topicPattern.test(original),
  read,
};

function read({ topic, payload }: DialectMessage): DialectReading {
  const [, eui = '', event] = topicPattern.exec(topic.original) ?? [];
  const entity = eui.toLowerCase();
  if (event !== 'up' && event !== 'status')
    return event === 'join' ? { reports: [], heard: [entity] } : nothingSaid;
  const parsed = readJsonPayload(payload);
  if ('reason' in parsed) return parsed;
  return event === 'up' ? readUplink(entity, parsed.json) : readStatus(entity, parsed.json);
}

function readUplink(entity: string, json: unknown): DialectReading {
  const { data: said, error } = chirpStackUplink.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapenReason(error);
  const { object, data, deviceInfo: device, fPort } = said;
  const declared = object == null ? readBits(data ?? '', device.tags.fenghuo ?? '') : readObject(object);
  if (declared.length === 0 && data != null && data !== '')
    return {
      reason: 'unknown-payload',
      detail: `nothing declared in the uplink of ${entity}, port ${fPort}`,
    };
  const attrs = { name: device.deviceName ?? null, ...(object ?? { data: data ?? null }) };
  return {
    reports: [...gravestOfKind(declared)].map((one) => ({ ...one, ...known(entity, said), attrs })),
    heard: [entity],
  };
}

function readStatus(entity: string, json: unknown): DialectReading {
  const { data: said, error } = chirpStackStatus.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapenReason(error);
  const battery = readDeclared('battery', said.batteryLevel);
  const reports =
    battery === null ? [] : [{ ...battery, ...known(entity, said), attrs: { margin: said.margin ?? null } }];
  return { reports, heard: [entity] };
}

function known(entity: string, said: Pick<ChirpStackUplink, 'deduplicationId' | 'time'>) {
  return { entity, id: said.deduplicationId, at: said.time == null ? null : Date.parse(said.time) };
}

function readObject(object: Record<string, unknown>, depth = 1): Declared[] {
  return Object.entries(object).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepest)
      return readObject(value as Record<string, unknown>, depth + 1);
    return readDeclared(name, value) ?? [];
  });
}

const declaration = /^(\d{1,3})(?:\.([0-7]))?\s+([A-Za-z_]{1,40})$/;

function readBits(data: string, tag: string): Declared[] {
  const bytes = Buffer.from(data, 'base64');
  return tag.split(',').flatMap((part) => {
    const [, at, bit, name] = declaration.exec(part.trim()) ?? [];
    const byte = at === undefined ? undefined : bytes[Number(at)];
    if (byte === undefined || name === undefined) return [];
    return readDeclared(name, bit === undefined ? byte : (byte >> Number(bit)) & 1) ?? [];
  });
}

const gravity = { alarm: 0, fault: 1, test: 2, normal: 3 };

/** One report a kind: of two fields that disagree the graver is believed. */
function gravestOfKind(declared: readonly Declared[]): Iterable<Declared> {
  const byKind = new Map<string, Declared>();
  for (const one of declared) {
    const other = byKind.get(one.kind);
    if (other === undefined || gravity[one.state] < gravity[other.state]) byKind.set(one.kind, one);
  }
  return byKind.values();
}
