import { type IConnectPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { AnswerReader, connectPacket } from './mqtt-packets.ts';

function heardIn(bytes: number[], cuts: readonly number[]): string[] {
  const said: string[] = [];
  const reader = new AnswerReader({
    connack: (code) => said.push(`connack ${code}`),
    puback: (id) => said.push(`puback ${id}`),
    nonsense: () => said.push('nonsense'),
  });
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    const chunk = Buffer.from(bytes.slice(from, to));
    reader.read(chunk, chunk.length);
    from = to;
  }
  return said;
}

test('answers are read wherever the stream is cut', () => {
  const bytes = [0x20, 2, 0, 0, 0x40, 2, 0, 1, 0xd0, 0, 0x40, 2, 1, 0, 0x40, 2, 255, 255, 0x40, 2, 0, 2];
  const all = ['connack 0', 'puback 1', 'puback 256', 'puback 65535', 'puback 2'];
  expect(heardIn(bytes, [])).toEqual(all);
  for (let cut = 1; cut < bytes.length; cut++) {
    expect(heardIn(bytes, [cut])).toEqual(all);
    for (let second = cut + 1; second < bytes.length; second++)
      expect(heardIn(bytes, [cut, second])).toEqual(all);
  }
});

test('what no server may say here is told', () => {
  expect(heardIn([0x30, 9, 0, 0], [])).toEqual(['nonsense']);
  expect(heardIn([0x50, 2, 0, 1], [])).toEqual(['nonsense']);
});

test('CONNECT is what a parser of others reads', () => {
  const packets: IConnectPacket[] = [];
  const reader = parser({ protocolVersion: 4 });
  reader.on('packet', (packet) => packets.push(packet as IConnectPacket));
  const credential = { username: 'demo-bridge', password: 'x'.repeat(120) };
  reader.parse(connectPacket({ clientId: 'flood-1', credential, keepaliveS: 60 }));
  reader.parse(connectPacket({ clientId: 'flood-2', keepaliveS: 300 }));
  expect(packets[0]).toMatchObject({
    clientId: 'flood-1',
    username: 'demo-bridge',
    keepalive: 60,
    clean: true,
  });
  expect(packets[0]!.password!.toString()).toBe(credential.password);
  expect(packets[1]).toMatchObject({ clientId: 'flood-2', keepalive: 300 });
  expect(packets[1]!.username).toBeUndefined();
});
