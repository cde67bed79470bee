import { type Declared, isHeld, readDeclared } from './declared-fields.ts';
import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { isRecord, readJsonPayload } from './json-payload.ts';

/** Alarm types of Zigbee's IAS zones as Tasmota names them, in the words of `declared-fields.ts`. */
const zones: Readonly<Record<string, string>> = {
  Fire: 'fire',
  Water: 'water',
  CO: 'carbon_monoxide',
  Panic: 'panic',
  BatteryPercentage: 'battery',
};

/** Bits of `ZoneStatus` (Zigbee Cluster Library 8.2.2.2.1.3) that are the same for every type of zone. */
const zoneBits: readonly (readonly [bit: number, field: string])[] = [
  [2, 'tamper'],
  [3, 'battery_low'],
  [6, 'trouble'],
  [8, 'test'],
];

const topicPattern =
  /^(tele|stat)\/(.+)\/(SENSOR|RESULT|LWT|STATE|INFO[123]|STATUS\d*|UPTIME|MARGINS|HEATER|POWER\d*)$/;

/**
 * Tasmota: `tele/{topic}/LWT`, and Zigbee devices behind a bridge of its in `ZbReceived` of `tele/{topic}/SENSOR` or
 * `stat/{topic}/RESULT`. A device goes by `{topic}/{its name, else its short address}`: name it, since a device
 * that joins anew gets another address. What is not Zigbee is understood and holds nothing to store.
 */
export const tasmota: Dialect = {
  name: 'tasmota',
  filters: ['tele/+/LWT', 'tele/+/SENSOR', 'stat/+/RESULT'],
  hears: ({ original }) => topicPattern.test(original),
  read,
};

function read({ topic, payload }: DialectMessage): DialectReading {
  const [, , bridge = '', channel] = topicPattern.exec(topic.original) ?? [];
  if (channel === 'LWT') return readLwt(bridge, payload.toString('utf8', 0, 20).trim());
  if (channel !== 'SENSOR' && channel !== 'RESULT') return nothingSaid;
  const parsed = readJsonPayload(payload);
  if ('reason' in parsed) return parsed;
  if (!isRecord(parsed.json)) return { reason: 'schema', detail: '(message): expected an object' };
  const { ZbReceived: received } = parsed.json;
  return isRecord(received) ? readZigbee(bridge, received) : { reports: [], heard: [bridge] };
}

function readLwt(entity: string, said: string): DialectReading {
  if (said === '') return nothingSaid;
  if (said !== 'Online' && said !== 'Offline')
    return { reason: 'unknown-payload', detail: 'neither Online nor Offline' };
  const state = said === 'Online' ? 'normal' : 'fault';
  return {
    reports: [{ entity, kind: 'fault', state, aspect: 'lwt', attrs: { availability: said }, standing: true }],
  };
}

function readZigbee(bridge: string, received: Record<string, unknown>): DialectReading {
  const reports: Report[] = [];
  const heard = [bridge];
  for (const [address, said] of Object.entries(received)) {
    if (!isRecord(said)) continue;
    const entity = `${bridge}/${typeof said.Name === 'string' && said.Name !== '' ? said.Name : address}`;
    heard.push(entity);
    for (const [aspect, declared] of readDevice(said))
      reports.push({ ...declared, entity, aspect, attrs: said });
  }
  return { reports, heard };
}

function readDevice(said: Record<string, unknown>): [aspect: string, Declared][] {
  const byName = Object.entries(zones).map(([name, field]) => [field, said[name]] as const);
  const status = said.ZoneStatus ?? said.ZoneStatusChange;
  const byBit =
    typeof status === 'number' ? zoneBits.map(([bit, field]) => [field, (status >> bit) & 1] as const) : [];
  return [...byName, ...byBit].flatMap(([field, value]) => {
    const declared = typeof value === 'number' || isHeld(value) !== null ? readDeclared(field, value) : null;
    return declared === null ? [] : [[field, declared]];
  });
}
