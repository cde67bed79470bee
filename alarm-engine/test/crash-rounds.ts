import type { MqttClient } from 'mqtt';
import { expect } from 'vitest';
import type { FailpointName } from '../src/engine/failpoint.ts';
import { CountedFlood, type Publish } from './counted-flood.ts';
import { type CrashStation, prepareStation } from './crash-station.ts';
import { faultsOfLogs } from './record-check.ts';
import { ResendingClient } from './resending-client.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

/** Where a round ends, and at which passing of that place. */
export interface Round {
  failpoint: FailpointName;
  passing: number;
}

/** Detectors that go off in each round. */
const alarmsARound = 3;

/**
 * Rounds of a flood that does not stop: a server on the same data is killed in each, the next one follows. At the
 * end everything that was said is acknowledged and there once, with all that it must cause and nothing else.
 */
export async function surviveRounds(rounds: readonly Round[]): Promise<void> {
  await using receiver = await startWebhookReceiver();
  await using station = await prepareStation();
  await buildCounty(station, rounds.length * alarmsARound);
  const first = await station.start(receiver.settings);
  const settings = { ...receiver.settings, FENGHUO_MQTT_PORT: String(first.mqttPort) };
  const raw = [1, 2, 3].map((n) => rawClient(station, first.mqttPort, n));
  const library = await station.connect(first);
  await first.stop();
  const flood = new CountedFlood([byLibrary(library), ...raw.map((one) => one.publish.bind(one))]);
  for (const one of raw) void one.start();
  flood.start();
  for (const [no, { failpoint, passing }] of rounds.entries()) {
    for (let i = 0; i < alarmsARound; i += 1) flood.alarm(`D-${no * alarmsARound + i + 1}`);
    const before = failpoint === 'inside-delivery' ? await waitingDeliveries(station) : 0;
    const doomed = station.doom({ ...settings, FENGHUO_FAILPOINT: `${failpoint}:${before + passing}` });
    expect(await doomed).toBe('SIGKILL');
  }
  await station.start(settings);
  await flood.stop();
  for (const one of raw) one.stop();
  await expectTruth(station, flood, receiver);
}

/** Deliveries that rounds before have left: they come first in the next one. */
async function waitingDeliveries({ outside }: CrashStation): Promise<number> {
  const { rows } = await outside.query(
    `select from fenghuo.delivery where state = 'waiting' and channel = 'webhook'`,
  );
  return rows.length;
}

/**
 * mqtt.js gives a message up when the connection ends while it sends again what was under way; whoever said it says
 * it anew, without DUP.
 */
function byLibrary(client: MqttClient): Publish {
  const publish: Publish = (topic, payload) =>
    client.publishAsync(topic, payload, { qos: 1 }).catch(() => publish(topic, payload));
  return publish;
}

function rawClient(station: CrashStation, port: number, n: number): ResendingClient {
  return new ResendingClient({ port, ...station.bridge(), clientId: `raw-${n}`, window: 50, keepalive: 10 });
}

/** Twenty devices that measure, and detectors `D-1` on, each in a building of its own; two people are on duty. */
async function buildCounty({ outside }: CrashStation, detectors: number): Promise<void> {
  await outside.query(`
    insert into fenghuo.device (no, id, county, type, adopted, area, lon, lat)
      select 5 + i, 'T-' || i, '331081', 'pressure', true, '331081100203-02', 121.37, 28.49
      from generate_series(1, 20) i;
    insert into fenghuo.building (id, county, area, name_zh, use, floors, lon, lat, footprint)
      select 'D-' || i, '331081', '331081100203-02', i || ' 号楼', 'residential', 6, 121.37, 28.49, '[]'
      from generate_series(1, ${detectors}) i;
    insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, lon, lat)
      select 25 + i, 'D-' || i, '331081', 'smoke', true, '331081100203-02', 'D-' || i, 1, 121.37, 28.49
      from generate_series(1, ${detectors}) i;
    insert into fenghuo.person (id, unit, name, post, phone, on_duty) values
      ('P4', 'U-zeguo', '李梅', '值班员', '13900000004', true),
      ('P5', 'U-zeguo', '王芳', '值班员', '13900000005', true)`);
}

async function expectTruth(station: CrashStation, flood: CountedFlood, receiver: WebhookReceiver) {
  const { outside } = station;
  const ask = async (statement: string) => (await outside.query(statement)).rows;
  while (
    (await waitingDeliveries(station)) > 0 ||
    (await ask('select from graphile_worker.jobs')).length > 0
  );
  const stored = await ask(
    `select d.id, count(*)::int as events from fenghuo.event e join fenghuo.device d on d.no = e.device group by 1`,
  );
  expect(new Map(stored.map(({ id, events }) => [id, events]))).toEqual(flood.said);
  const burnt = [...flood.said.keys()].filter((device) => device.startsWith('D-')).sort();
  const alarms = await ask(`select device, incident from fenghuo.alarm order by device collate "C"`);
  expect(alarms.map(({ device }) => device)).toEqual(burnt);
  expect(new Set(alarms.map(({ incident }) => incident)).size).toBe(burnt.length);
  const [incident, ticket] = [burnt.length, burnt.length];
  expect(await station.counts('incident', 'ticket', 'quarantine')).toEqual({
    incident,
    ticket,
    quarantine: 0,
  });
  expect(await ask(`select from fenghuo.device where not adopted`)).toHaveLength(1);
  await expectDeliveries(ask, receiver);
  expect(await faultsOfLogs(outside)).toEqual([]);
}

/** Of each ticket two people are told that it was opened, and again if it is late, over both channels; of each level that it goes
 * up to, one. */
async function expectDeliveries(
  ask: (statement: string) => Promise<Record<string, string>[]>,
  receiver: WebhookReceiver,
) {
  const missing = await ask(`
    select t.id, kind, person, channel
    from fenghuo.ticket t, unnest(array['opened', 'deadline-missed']) kind, unnest(array['P4', 'P5']) person,
         unnest(array['inbox', 'webhook']) channel
    where kind = 'opened' or (t.doc ->> 'overdue')::boolean
    except all
    select doc ->> 'id', kind, person, channel from fenghuo.delivery where state = 'sent'`);
  expect(missing).toEqual([]);
  const [counts] = await ask(`
    select (select count(*) from fenghuo.delivery)::int as made,
           (select sum(4 * (1 + (doc ->> 'overdue')::boolean::int) + 2 * jsonb_array_length(doc -> 'escalations'))
            from fenghuo.ticket)::int as wanted`);
  expect(counts!.made).toBe(counts!.wanted);
  const outward = await ask(`select id from fenghuo.delivery where channel = 'webhook'`);
  expect(new Set(receiver.received.map(({ key }) => key))).toEqual(new Set(outward.map(({ id }) => id)));
}
