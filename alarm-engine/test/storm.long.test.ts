import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { prepareStation } from './crash-station.ts';
import { ResendingClient } from './resending-client.ts';

/** Not more than the county has: 187,000 detectors in 12,000 buildings on a grid of 300 m. */
const detectors = 187_000;
const buildings = 12_000;
const lastsMs = 5 * 60_000;
const senders = 40;
/** The writer's sign of life is at most so old, and an act of a person is answered within so long. Milliseconds. */
const liveWithinMs = 3_000;

const estate = `
  insert into fenghuo.building (id, county, area, name_zh, name_en, use, floors, lon, lat, footprint)
  select 'SB' || n, '331081', '331081100203-02', n || ' 号楼', null, 'residential', 6,
         121.0 + (n % 110) * 0.0031, 28.2 + (n / 110) * 0.0027, '[]'
  from generate_series(0, ${buildings - 1}) as n;
  insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat, parent, camera)
  select 6 + n, 'SD-' || n, '331081', 'smoke', true, b.area, b.id, 1 + (n / ${buildings}) % 6, null, b.lon, b.lat, null, null
  from generate_series(0, ${detectors - 1}) as n join fenghuo.building b on b.id = 'SB' || (n % ${buildings})`;

test('187,000 new alarms over 12,000 buildings in 5 minutes: an incident and a ticket a building, and the station lives', async () => {
  await using station = await prepareStation();
  await station.outside.query(estate);
  const server = await station.start();
  const { username, password } = station.bridge();
  const clients = Array.from(
    { length: senders },
    (_, i) =>
      new ResendingClient({
        ...{ port: server.mqttPort, username, password, clientId: `storm-${i}`, window: 50, keepalive: 10 },
      }),
  );
  await Promise.all(clients.map((client) => client.start()));
  const acknowledgements: number[] = [];
  const begun = performance.now();
  const say = async (n: number) => {
    const sent = performance.now();
    const payload = JSON.stringify({ id: `storm-${n}`, kind: 'smoke', ts: Date.now() });
    await clients[n % senders]!.publish(`fenghuo/v1/331081/SD-${n}/event`, payload);
    acknowledgements.push(performance.now() - sent);
  };
  const said: Promise<void>[] = [];
  const looks: number[] = [];
  for (let n = 0; n < detectors; ) {
    const until = Math.min(detectors, Math.ceil(((performance.now() - begun) / lastsMs) * detectors));
    for (; n < until; n += 1) said.push(say(n));
    if (looks.length < (performance.now() - begun) / 5_000) looks.push(await pulseAge());
    await delay(20);
  }
  await Promise.all(said);
  for (const client of clients) client.stop();

  async function pulseAge(): Promise<number> {
    const { rows } = await station.outside.query(
      `select coalesce(extract(epoch from clock_timestamp() - max(at))::float8 * 1000, 0) as age from fenghuo.pulse`,
    );
    return rows[0].age;
  }

  expect(performance.now() - begun).toBeLessThan(lastsMs + 10_000);
  expect(await station.counts('event', 'alarm', 'incident', 'ticket')).toEqual({
    ...{ event: detectors, alarm: detectors, incident: buildings, ticket: buildings },
  });
  const { rows } = await station.outside.query(
    `select count(*)::int as wrong from fenghuo.incident where severity <> 'high' or jsonb_array_length(doc -> 'alarms') < 15`,
  );
  expect(rows[0].wrong).toBe(0);
  expect(Math.max(...looks)).toBeLessThan(liveWithinMs);
  const sorted = acknowledgements.sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)]!;
  const asked = performance.now();
  await station.order({ act: 'start-drill', subject: 'after-the-storm', title: 'after the storm' });
  const answered = performance.now() - asked;
  console.log({ p99, worstPulse: Math.max(...looks), answered });
  expect(p99).toBeLessThan(1_000);
  expect(answered).toBeLessThan(liveWithinMs);
});
