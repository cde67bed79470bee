import { connectAsync, type MqttClient } from 'mqtt';
import { expect, test } from 'vitest';
import { sparkplugBytes } from '../src/codecs/sparkplug-bytes.fixture.ts';
import { type Station, startStation, until } from './station.ts';

const connect = (port: number, username: string): Promise<MqttClient> =>
  connectAsync({
    port,
    host: '127.0.0.1',
    username,
    password: 'secret',
    reconnectPeriod: 0,
    protocolVersion: 5,
  });

/** What was said before it, which a dialect must know to understand it. */
interface Sample {
  before?: readonly (readonly [topic: string, payload: string | Buffer])[];
  topic: string;
  payload: string | Buffer;
  says: string;
}

const frigateFire = {
  type: 'new',
  before: null,
  after: {
    ...{ id: '1607123955.475377-mxklsc', camera: 'front_door', label: 'fire', top_score: 0.958 },
    ...{ false_positive: false, start_time: Date.now() / 1000, end_time: null, entered_zones: ['yard'] },
  },
};
const onvifFire = () => ({
  ...{ UtcTime: new Date().toISOString(), Source: { VideoSource: '1', Rule: 'Hall' } },
  ...{ Key: {}, Data: { State: 'true' } },
});
const loraSmoke = {
  ...{ deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d', fPort: 1, data: 'qg==' },
  ...{
    time: new Date().toISOString(),
    deviceInfo: { devEui: '0101010101010101', deviceName: 'hall', tags: {} },
  },
  object: { smoke: true },
};
const announced = {
  name: 'Fire Alarm',
  state_topic: 'stat/x/FIRE',
  device_class: 'smoke',
  unique_id: 'x_fire',
};
const birth = [{ name: 'bdSeq', value: 3, type: 8 }];

const samples: Record<string, Sample> = {
  zigbee2mqtt: {
    topic: 'zigbee2mqtt/kitchen',
    payload: '{"smoke":true,"linkquality":26}',
    says: 'z2m:kitchen smoke',
  },
  frigate: {
    topic: 'frigate/events',
    payload: JSON.stringify(frigateFire),
    says: 'frigate:front_door camera.fire',
  },
  onvif: {
    topic: 'MyDevice/onvif-ej/RuleEngine/FireDetector/Fire/&1/2/Hall',
    payload: JSON.stringify(onvifFire()),
    says: 'onvif:MyDevice camera.fire',
  },
  chirpstack: {
    topic: 'application/345/device/0101010101010101/event/up',
    payload: JSON.stringify(loraSmoke),
    says: 'lora:0101010101010101 smoke',
  },
  homeassistant: {
    before: [['homeassistant/binary_sensor/x/config', JSON.stringify(announced)]],
    topic: 'stat/x/FIRE',
    payload: 'ON',
    says: 'ha:x_fire smoke',
  },
  tasmota: {
    topic: 'tele/hall/SENSOR',
    payload: '{"ZbReceived":{"0x329F":{"Device":"0x329F","Fire":1,"Endpoint":1,"LinkQuality":94}}}',
    says: 'tasmota:hall:0x329F smoke',
  },
  sparkplug: {
    before: [
      ['spBv1.0/Wenling/NBIRTH/edge-1', sparkplugBytes(0, birth)],
      ['spBv1.0/Wenling/DBIRTH/edge-1/hall', sparkplugBytes(1, [{ name: 'smoke', alias: 7, value: false }])],
    ],
    topic: 'spBv1.0/Wenling/DDATA/edge-1/hall',
    payload: sparkplugBytes(2, [{ alias: 7, value: true }]),
    says: 'spb:Wenling:edge-1:hall smoke',
  },
};

/** Publishes and stores until the alarm is there; gives it, unstored, and whether the PUBACK came before that. */
async function alarmOf(station: Station, client: MqttClient, sample: Sample, root = '') {
  for (const [topic, payload] of sample.before ?? []) {
    const published = client.publishAsync(root + topic, payload, { qos: 1 });
    let isDone = false;
    void published.then(() => (isDone = true));
    await until(() => {
      for (const delivery of station.queue.take(100)) delivery.acknowledge();
      return isDone;
    });
  }
  let acknowledged = false;
  void client.publishAsync(root + sample.topic, sample.payload, { qos: 1 }).then(() => (acknowledged = true));
  const [delivery] = await station.arrivals(1);
  return { delivery: delivery!, isAcknowledged: () => acknowledged };
}

test.each(Object.entries(samples))(
  '%s: an alarm, acknowledged when it is stored; in a drill, one of the drill',
  async (_, sample) => {
    await using station = await startStation();
    const bridge = await connect(station.port, 'bridge');
    const tester = await connect(station.port, 'tester');
    for (const [client, run, root] of [
      [bridge, null, ''],
      [tester, 'r1', 'fenghuo-drill/v1/r1/~/'],
    ] as const) {
      const { delivery, isAcknowledged } = await alarmOf(station, client, sample, root);
      const { deviceId, kind, state, run: world, retained } = delivery.event!;
      expect([`${deviceId} ${kind}`, state, world, retained]).toEqual([sample.says, 'alarm', run, false]);
      expect(isAcknowledged()).toBe(false);
      for (const rest of [delivery, ...station.queue.take(100)]) rest.acknowledge();
      await until(isAcknowledged);
    }
    await Promise.all([bridge.endAsync(), tester.endAsync()]);
  },
);

test('a retained smoke raises nothing; nor does what the bridge repeats', async () => {
  await using station = await startStation();
  const bridge = await connect(station.port, 'bridge');
  const smoke = '{"smoke":true}';
  const retained = bridge.publishAsync('zigbee2mqtt/hall', smoke, { qos: 1, retain: true });
  const [old] = await station.arrivals(1);
  expect(old!.event).toMatchObject({ deviceId: 'z2m:hall', retained: true });
  old!.acknowledge();
  await retained;
  const first = bridge.publishAsync('zigbee2mqtt/hall', smoke, { qos: 1 });
  const [alarm] = await station.arrivals(1);
  expect(alarm!.event).toMatchObject({ state: 'alarm', retained: false });
  alarm!.acknowledge();
  await first;
  await bridge.publishAsync('zigbee2mqtt/hall', smoke, { qos: 1 });
  expect(station.queue.size).toBe(0);
  await bridge.endAsync();
});

test('a name that was mapped means the registered device, and shows that it lives', async () => {
  await using station = await startStation({ identities: { 'zigbee2mqtt kitchen': 'smoke-3' } });
  const bridge = await connect(station.port, 'bridge');
  expect(station.lastSeen.at(3)).toBeNull();
  await bridge.publishAsync('zigbee2mqtt/kitchen', '{"temperature":21}', { qos: 1 });
  expect([station.lastSeen.at(3), station.queue.size]).toEqual([expect.any(Number), 0]);
  const published = bridge.publishAsync('zigbee2mqtt/kitchen', '{"smoke":true}', { qos: 1 });
  const [delivery] = await station.arrivals(1);
  expect(delivery).toMatchObject({ event: { deviceId: 'smoke-3' }, deviceNo: 3 });
  delivery!.acknowledge();
  await published;
  await bridge.endAsync();
});

test('what a dialect cannot read is quarantined with its reason, and acknowledged', async () => {
  await using station = await startStation();
  const bridge = await connect(station.port, 'bridge');
  const published = bridge.publishAsync('frigate/events', '{"type":"new"}', { qos: 1 });
  const [delivery] = await station.arrivals(1);
  expect(delivery!.refused).toMatchObject({ reason: 'schema', topic: 'frigate/events' });
  delivery!.acknowledge();
  await published;
  await bridge.endAsync();
});

test('what a server tells of itself is passed over, however long it is', async () => {
  await using station = await startStation();
  const bridge = await connect(station.port, 'bridge');
  const long = Buffer.alloc(100_000, 1);
  for (const topic of ['zigbee2mqtt/bridge/devices', 'frigate/front_door/person/snapshot'])
    await bridge.publishAsync(topic, long, { qos: 1 });
  expect(station.queue.size).toBe(0);
  void bridge.publishAsync('frigate/events', long, { qos: 1 }).catch(() => {});
  expect((await station.arrivals(1))[0]!.refused).toMatchObject({ reason: 'oversized' });
  await bridge.endAsync(true);
});
