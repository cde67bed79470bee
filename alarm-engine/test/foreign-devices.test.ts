import { connect } from 'node:net';
import { credentialPage, drillStarted, type IssuedCredential } from '@fenghuo/contracts/rest.ts';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameOf } from '../../gateway/src/codecs/gb26875-frame.fixture.ts';
import { PushStation } from './push-station.ts';
import type { ServerProcess } from './server-process.ts';

let station: PushStation;
let server: ServerProcess;
const clients: MqttClient[] = [];
beforeAll(async () => {
  station = await PushStation.prepare();
  server = await station.start({ FENGHUO_GB26875_PORT: '0', FENGHUO_GB26875_DRILL_PORTS: '0' });
});
afterAll(async () => {
  for (const client of clients) await client.endAsync(true);
  await station[Symbol.asyncDispose]();
});

async function bridge(username: string, reach: object): Promise<MqttClient> {
  const asked = await station.api('POST', '/credentials', { kind: 'bridge', username, ...reach });
  const issued = (await asked.json()) as IssuedCredential;
  return connected(issued);
}

async function connected({ username, secret }: IssuedCredential): Promise<MqttClient> {
  const client = await connectAsync({
    ...{ host: '127.0.0.1', port: server.mqttPort, username, password: secret },
    ...{ protocolVersion: 5, reconnectPeriod: 0 },
  });
  clients.push(client);
  return client;
}

/** Sends frames to a transmitter's door; resolves with the command of each answer. */
function transmit(port: number, ...frames: Buffer[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(Buffer.concat(frames)));
    let bytes = Buffer.alloc(0);
    socket.on('error', reject).on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < frames.length * 30) return;
      socket.destroy();
      resolve(frames.map((_, i) => bytes[i * 30 + 26]!));
    });
  });
}

/** Alarms by device, drills apart. */
async function alarmsOf(device: string) {
  const { rows } = await station.outside.query(
    `select doc ->> 'kind' as kind, coalesce(doc ->> 'run', 'live') as run from fenghuo.alarm where device = $1 order by raised_at`,
    [device],
  );
  return rows.map(({ kind, run }) => `${kind} ${run}`);
}

const mapTo = (device: string, dialect: string, foreignId: string) =>
  station.outside.query(
    `insert into fenghuo.foreign_identity (county, dialect, foreign_id, device) values ('331081', $1, $2, $3)`,
    [dialect, foreignId, device],
  );

const smoke = Buffer.from('{"smoke":true}');
const component = frameOf(`0201 0103 28 00010000 0300 ${'00'.repeat(31)}`);

test('a foreign device that nobody registered alarms, and waits for adoption under a readable id', async () => {
  const z2m = await bridge('z2m', { area: '331081' });
  await z2m.publishAsync('zigbee2mqtt/kitchen', smoke, { qos: 1 });
  const { rows } = await station.outside.query(`select adopted from fenghuo.device where id = 'z2m:kitchen'`);
  expect(rows).toEqual([{ adopted: false }]);
  expect(await alarmsOf('z2m:kitchen')).toEqual(['smoke live']);
});

test('a name is mapped while the server runs → from then on it means the registered device', async () => {
  await mapTo('S-1', 'zigbee2mqtt', 'hall');
  const z2m = await bridge('z2m-hall', { area: '331081' });
  const said = async () => {
    await z2m.publishAsync('zigbee2mqtt/hall', '{"smoke":false}', { qos: 1 });
    await z2m.publishAsync('zigbee2mqtt/hall', smoke, { qos: 1 });
    return alarmsOf('S-1');
  };
  await expect.poll(said).toEqual(['smoke live']);
});

test('a bridge of one township does not speak for a device of another, whatever it is called', async () => {
  await mapTo('S-2', 'zigbee2mqtt', 'cold-store');
  const zeguo = await bridge('z2m-zeguo', { area: '331081100' });
  const said = async () => {
    const answer = await zeguo
      .publishAsync('zigbee2mqtt/cold-store', smoke, { qos: 1 })
      .catch((error) => error.code);
    return answer;
  };
  await expect.poll(said).toBe(0x87);
  expect(await alarmsOf('S-2')).toEqual([]);
});

test('a bridge that was given one dialect is refused another', async () => {
  const frigate = await bridge('nvr', { area: '331081', topics: ['frigate/+'] });
  await expect(frigate.publishAsync('zigbee2mqtt/x', smoke, { qos: 1 })).rejects.toMatchObject({
    code: 0x87,
  });
  await frigate.publishAsync('frigate/available', 'online', { qos: 1 });
  const page = await station.api('GET', '/credentials?after=nv');
  const { credentials } = credentialPage.parse(await page.json());
  expect(credentials[0]).toMatchObject({ username: 'nvr', topics: ['frigate/+'] });
  const wrong = { kind: 'bridge', username: 'x', area: '331081', topics: ['frigate/#/x'] };
  expect((await station.api('POST', '/credentials', wrong)).status).toBe(400);
});

test('a transmitter reports a fire → alarm, then confirmation; a drill’s door makes it one of the drill', async () => {
  const { gb26875Port } = server;
  expect(await transmit(gb26875Port!, component)).toEqual([3]);
  expect(await alarmsOf('gb:010203040506:1-3:256')).toEqual(['smoke live']);
  await mapTo('H-1', 'gb26875', '010203040506/1-3/512');
  const started = await station.api('POST', '/drills', { title: '演练' });
  const { run, gb26875Port: drillPort, ...credential } = drillStarted.parse(await started.json());
  const other = frameOf(`0201 0103 28 00020000 0300 ${'00'.repeat(31)}`);
  const drilled = async () => {
    expect(await transmit(drillPort!, other)).toEqual([3]);
    return alarmsOf('H-1');
  };
  await expect.poll(drilled).toEqual([`smoke ${run}`]);
  const tester = await connected(credential);
  await tester.publishAsync(`fenghuo-drill/v1/${run}/~/zigbee2mqtt/hall`, smoke, { qos: 1 });
  expect(await alarmsOf('S-1')).toEqual(['smoke live', `smoke ${run}`]);
  await station.api('POST', `/drills/${run}/end`);
});

test('a frame that nobody understood is confirmed, waits in quarantine, and may be processed again', async () => {
  expect(await transmit(server.gb26875Port!, frameOf('7001 00'))).toEqual([3]);
  const { rows } = await station.outside.query<{ no: number }>(
    `select no::int from fenghuo.quarantine where principal = 'gb26875' and reason = 'unknown-payload'`,
  );
  expect(await station.reprocess(rows[0]!.no)).toMatchObject({ outcome: 'refused' });
  const at = Date.now();
  const more = { principal: 'gb26875' };
  const text = frameOf('1501 04 301213010814');
  const again = await station.keep({ reason: 'unknown-payload', topic: 'gb26875/v1/frame', text, at, more });
  expect(await station.reprocess(again)).toMatchObject({ outcome: 'stored' });
});
