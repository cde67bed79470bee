import fc from 'fast-check';
import { generate, type IConnectPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { readConnect, welcome } from './connect.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** Reads a CONNECT whose remaining length takes one byte. */
const read = (bytes: Buffer) => readConnect(bytes, bytes[1]! < 128 ? 2 : 3, bytes.length);
const name = '0004 4d515454';

test('property: what mqtt-packet writes is read as it was meant, in both versions', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((it) => !/[\0+#]/.test(it));
  const request = fc.record({
    clientId: text,
    username: text,
    password: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    keepalive: fc.nat(65_535),
    clean: fc.boolean(),
    will: fc.option(
      fc.record({
        topic: text,
        payload: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
        retain: fc.boolean(),
      }),
      { nil: undefined },
    ),
    maximumPacketSize: fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(request, fc.constantFrom<4 | 5>(4, 5), ({ maximumPacketSize, will, ...rest }, version) => {
      const packet = {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        ...rest,
      } as IConnectPacket;
      if (will !== undefined)
        packet.will = { ...will, properties: { contentType: 'x', willDelayInterval: 1 } };
      if (version === 5 && maximumPacketSize !== undefined)
        packet.properties = {
          maximumPacketSize,
          sessionExpiryInterval: 9,
          userProperties: { a: ['b', 'c'] },
        };
      const bytes = generate(packet, { protocolVersion: version });
      expect(readConnect(bytes, bytes[1]! < 128 ? 2 : 3, bytes.length)).toEqual({
        request: {
          version,
          clientId: rest.clientId,
          username: rest.username,
          password: rest.password,
          keepaliveMs: rest.keepalive * 1000,
          will: will ?? null,
          maximumPacketSize: (version === 5 ? maximumPacketSize : undefined) ?? 268_435_460,
        },
      });
    }),
  );
});

test.each([
  ['another protocol name', '10 0d 0004 4d515458 04 02 003c 0001 61', 'unsupported-protocol'],
  ['level 3 under the new name', `10 0d ${name} 03 02 003c 0001 61`, 'unsupported-protocol'],
  ['level 6', `10 0d ${name} 06 02 003c 0001 61`, 'unsupported-protocol'],
  ['3.1.1, no client id, clean session 0', `10 0c ${name} 04 00 003c 0000`, 'client-id-invalid'],
  ['enhanced authentication', `10 14 ${name} 05 02 003c 06 15 0003 414243 0001 61`, 'authentication-method'],
])('%s is refused', (_, bytes, refused) => {
  expect(read(hex(bytes))).toMatchObject({ refused });
});

test('a client id longer than 256 bytes is refused', () => {
  const clientId = 'é'.repeat(129);
  const bytes = generate({ cmd: 'connect', clientId, clean: true, keepalive: 1, protocolId: 'MQTT' });
  expect(readConnect(bytes, 3, bytes.length)).toEqual({ refused: 'client-id-invalid', version: 4 });
});

test('the level of a Mosquitto bridge is 3.1.1', () => {
  expect(read(hex(`10 0d ${name} 84 02 003c 0001 61`))).toMatchObject({
    request: { version: 4, clientId: 'a' },
  });
});

test.each([
  ['nothing in it', '10 00', 'malformed-packet'],
  ['bytes behind its end', `10 0e ${name} 04 02 003c 0001 61 00`, 'malformed-packet'],
  ['a client id that is cut', `10 0d ${name} 04 02 003c 0002 61`, 'malformed-packet'],
  ['a user name that is not there', `10 0d ${name} 04 82 003c 0001 61`, 'malformed-packet'],
  ['a client id that is no UTF-8', `10 0d ${name} 04 02 003c 0001 ff`, 'malformed-packet'],
  ['a client id with half a surrogate pair', `10 0f ${name} 04 02 003c 0003 eda080`, 'malformed-packet'],
  ['will QoS without a will', `10 0d ${name} 04 0a 003c 0001 61`, 'malformed-packet'],
  ['will RETAIN without a will', `10 0d ${name} 04 22 003c 0001 61`, 'malformed-packet'],
  ['a will on a filter', `10 13 ${name} 04 06 003c 0001 61 0001 23 0001 62`, 'malformed-packet'],
  ['a will without a topic', `10 12 ${name} 04 06 003c 0001 61 0000 0001 62`, 'malformed-packet'],
  ['receive maximum 0', `10 11 ${name} 05 02 003c 03 21 0000 0001 61`, 'protocol-error'],
  ['maximum packet size 0', `10 13 ${name} 05 02 003c 05 27 00000000 0001 61`, 'protocol-error'],
  ['receive maximum twice', `10 14 ${name} 05 02 003c 06 21 0001 21 0001 0001 61`, 'protocol-error'],
  ['a property of PUBLISH', `10 11 ${name} 05 02 003c 03 23 0001 0001 61`, 'protocol-error'],
  ['an unknown property', `10 10 ${name} 05 02 003c 02 7f 00 0001 61`, 'malformed-packet'],
  ['a property that is cut', `10 10 ${name} 05 02 003c 02 21 00 0001 61`, 'malformed-packet'],
  ['properties longer than the packet', `10 0e ${name} 05 02 003c 7f 0001 61`, 'malformed-packet'],
  ['a flag of 2', `10 10 ${name} 05 02 003c 02 17 02 0001 61`, 'protocol-error'],
  ['authentication data without a method', `10 11 ${name} 05 02 003c 03 16 0000 0001 61`, 'protocol-error'],
])('%s → %s', (_, bytes, fault) => {
  expect(read(hex(bytes))).toEqual({ fault });
});

test('welcome: mqtt-packet reads what was meant', () => {
  const told = (assignedClientId: string | null) => {
    const packets: unknown[] = [];
    const reader = parser({ protocolVersion: 5 }).on('packet', (packet) => packets.push(packet));
    reader.parse(
      welcome({ version: 5, assignedClientId, receiveMaximum: 1_000, maximumPacketSize: 262_144 }),
    );
    return packets;
  };
  const properties = {
    sessionExpiryInterval: 0,
    receiveMaximum: 1_000,
    maximumPacketSize: 262_144,
    topicAliasMaximum: 0,
  };
  expect(told(null)).toMatchObject([{ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties }]);
  expect(told('x'.repeat(200))).toMatchObject([
    { properties: { assignedClientIdentifier: 'x'.repeat(200) } },
  ]);
});
