import { generate, type Packet } from 'mqtt-packet';
import { eventTopic, smoke } from './station.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one connection sends: an opening and packets, each of them whole, changed, cut, spliced or noise. */
export interface HostileStream {
  bytes: Buffer;
  packets: number;
}

/** `no`: number of the connection, for a client id of its own. */
export function hostileStream(chance: Chance, no: number): HostileStream {
  const version = chance() < 0.5 ? 4 : 5;
  const opening = connectPacket(chance, no, version);
  const parts = [chance() < 0.92 ? opening : spoil(opening, chance)];
  const packets = 1 + Math.floor(chance() * 12);
  for (let i = 0; i < packets; i++) {
    const packet = generate(anyPacket(chance), { protocolVersion: chance() < 0.98 ? version : 9 - version });
    parts.push(chance() < 0.88 ? packet : spoil(packet, chance));
  }
  return { bytes: Buffer.concat(parts), packets: packets + 1 };
}

const oneOf = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)]!;
const number = (chance: Chance, below: number) => Math.floor(chance() * below);
const noise = (chance: Chance, length: number) =>
  Buffer.from(Array.from({ length }, () => number(chance, 256)));

function connectPacket(chance: Chance, no: number, version: 4 | 5): Buffer {
  const username = oneOf(chance, [
    'bridge',
    'bridge',
    'bridge',
    'bridge',
    'bridge',
    'smoke-1',
    'tester',
    'bound',
    'nobody',
  ]);
  const will = {
    topic: oneOf(chance, [eventTopic('smoke-2'), 'a/b', eventTopic('smoke-3')]),
    payload: Buffer.from(smoke()),
    qos: oneOf(chance, [0, 1, 2] as const),
    properties: { willDelayInterval: 5, contentType: 'x' },
  };
  const properties = {
    receiveMaximum: 1 + number(chance, 65_535),
    maximumPacketSize: oneOf(chance, [1, 20, 1_000]),
    userProperties: { a: 'b' },
  };
  const packet: Packet = {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: version,
    clientId: oneOf(chance, [`fuzz-${no}`, `fuzz-${no}`, `fuzz-${no}`, '', 'bound-id']),
    clean: true,
    keepalive: number(chance, 65_536),
    username,
    password: Buffer.from(chance() < 0.96 ? 'secret' : 'guess'),
    ...(chance() < 0.3 && { will }),
    ...(chance() < 0.5 && { properties }),
  };
  return generate(packet, { protocolVersion: version });
}

const topics = [
  ...Array.from({ length: 12 }, (_, i) => eventTopic(`smoke-${1 + (i % 2)}`)),
  eventTopic('smoke-2').replace('event', 'heartbeat'),
  eventTopic('../smoke-1'),
  `fenghuo-drill/v1/r1/~/${eventTopic('smoke-1')}`,
  `fenghuo/v1//${'x'.repeat(300)}/event`,
  'zigbee2mqtt/smoke-1',
  'frigate/events',
  'weather/hall',
  'a',
];
const payloads = [
  smoke(),
  smoke({ seq: 7, ts: 5 }),
  '',
  'fire!',
  '{"kind":',
  '{"kind":"smoke","id":"\u0000"}',
];
const filters = [eventTopic('smoke-1').replace('event', 'command'), '#', '+/a', '$share/g/a', 'a//b'];
const properties = [
  { contentType: 'application/json', userProperties: { a: 'b', c: 'd' } },
  { topicAlias: 1 },
  { messageExpiryInterval: 5, responseTopic: 'r', correlationData: Buffer.from([1, 2]) },
  { subscriptionIdentifier: 3 },
];

function anyPacket(chance: Chance): Packet {
  const messageId = 1 + number(chance, chance() < 0.8 ? 20 : 65_535);
  const more = chance() < 0.2 ? { properties: oneOf(chance, properties) } : {};
  const kind = chance();
  if (kind < 0.6) {
    const qos = oneOf(chance, [0, 1, 1, 2] as const);
    return {
      cmd: 'publish',
      topic: oneOf(chance, topics),
      payload: oneOf(chance, payloads),
      qos,
      messageId,
      dup: qos > 0 && chance() < 0.2,
      retain: chance() < 0.1,
      ...more,
    };
  }
  if (kind < 0.75) return { cmd: 'pubrel', messageId, reasonCode: oneOf(chance, [0, 0x92]) };
  if (kind < 0.84)
    return { cmd: 'subscribe', messageId, subscriptions: [{ topic: oneOf(chance, filters), qos: 1 }] };
  if (kind < 0.88) return { cmd: 'unsubscribe', messageId, unsubscriptions: [oneOf(chance, filters)] };
  if (kind < 0.96) return { cmd: 'pingreq' };
  if (kind < 0.98) return { cmd: 'puback', messageId, reasonCode: 0 };
  return { cmd: 'disconnect', reasonCode: oneOf(chance, [0, 4]) };
}

const ways: readonly ((bytes: Buffer, chance: Chance) => Buffer)[] = [
  function changed(bytes, chance) {
    const copy = Buffer.from(bytes);
    for (let i = number(chance, 4); i >= 0; i--) copy[number(chance, copy.length)] = number(chance, 256);
    return copy;
  },
  function cut(bytes, chance) {
    return bytes.subarray(0, number(chance, bytes.length));
  },
  function grown(bytes, chance) {
    const at = number(chance, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), noise(chance, 1 + number(chance, 8)), bytes.subarray(at)]);
  },
  function spliced(bytes, chance) {
    const other = generate(anyPacket(chance), { protocolVersion: 5 });
    return Buffer.concat([
      bytes.subarray(0, number(chance, bytes.length)),
      other.subarray(number(chance, 9)),
    ]);
  },
  function withLyingLength(bytes, chance) {
    const length = oneOf(chance, ['ffffff7f', 'ffffffff01', '00', 'ffff03', '80', '7f', '8000']);
    return Buffer.concat([bytes.subarray(0, 1), Buffer.from(length, 'hex'), bytes.subarray(2)]);
  },
  function withLyingStrings(bytes, chance) {
    const copy = Buffer.from(bytes);
    if (copy.length > 6) copy.writeUInt16BE(number(chance, 65_536), 2 + number(chance, copy.length - 4));
    return copy;
  },
  function alone(bytes, chance) {
    return noise(chance, 1 + number(chance, bytes.length * 2));
  },
];

function spoil(bytes: Buffer, chance: Chance): Buffer {
  return oneOf(chance, ways)(bytes, chance);
}
