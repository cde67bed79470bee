import { expect, test } from 'vitest';
import { type CrashStation, prepareStation } from './crash-station.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

interface DeliveryRow {
  id: string;
  kind: string;
  person: string;
  channel: string;
  state: string;
  reason: string | null;
  attempts: number;
}

/** In the room of Zeguo two people are on duty and one is not; P3 is the team's. */
async function staffedStation(options?: { demo: boolean }): Promise<CrashStation> {
  const station = await prepareStation(options);
  await station.outside.query(`
    insert into fenghuo.person (id, unit, name, post, phone, on_duty) values
      ('P4', 'U-zeguo', '李梅', '值班员', '13900000004', true),
      ('P5', 'U-zeguo', '王芳', '值班员', '13900000005', true),
      ('P6', 'U-zeguo', '赵磊', '值班员', '13900000006', false)`);
  return station;
}

async function deliveries(station: CrashStation, of = ''): Promise<DeliveryRow[]> {
  const { rows } = await station.outside.query<DeliveryRow>(
    `select id, kind, person, channel, state, reason, attempts from fenghuo.delivery
     where channel = $1 or $1 = '' order by made_at, kind, channel, person`,
    [of],
  );
  return rows;
}

/** The deliveries of a channel, once every one is as `done` wants it. */
async function deliveriesOnce(station: CrashStation, channel: string, done: (row: DeliveryRow) => boolean) {
  for (;;) {
    const rows = await deliveries(station, channel);
    if (rows.length > 0 && rows.every(done)) return rows;
  }
}
const settled = ({ state }: DeliveryRow) => state !== 'waiting';

const pressed = (kind = 'manual') => JSON.stringify({ id: 'fire-1', kind, ts: Date.now() });

/** Whoever is to write down how a job ended waits for us. */
async function holdJobs({ outside }: CrashStation): Promise<void> {
  await outside.query('begin');
  await outside.query('lock table graphile_worker._private_jobs in share row exclusive mode');
}

/** Cuts the connections of the jobs while one of them writes down how its job ended. */
async function breakHeldJobs({ outside }: CrashStation): Promise<void> {
  const ofJobs = `from pg_stat_activity where application_name = 'fenghuo-jobs' and datname = current_database()`;
  const held = `select 1 ${ofJobs} and wait_event_type = 'Lock' and query like '%last_error%'`;
  while ((await outside.query(held)).rowCount === 0) await outside.query('select pg_stat_clear_snapshot()');
  await outside.query(`select pg_terminate_backend(pid) ${ofJobs}`);
  await outside.query('commit');
}

/** The next attempt of the job that is left need not wait, once the last one has given it back. */
async function tryNow({ outside }: CrashStation): Promise<void> {
  const reschedule = `
    select from graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at := now())`;
  while ((await outside.query(reschedule)).rowCount === 0);
}

/** Starts a server, and lets detector S-1 go off. */
async function setFire(station: CrashStation, receiver: WebhookReceiver, kind = 'manual') {
  const server = await station.start(receiver.settings);
  const client = await station.connect(server);
  await client.publishAsync('fenghuo/v1/331081/S-1/event', pressed(kind), { qos: 1 });
  return { server, client };
}

test.concurrent('opened → dispatched → raised → late: who then holds it and is on duty is told, and when late the room above, each once a channel', async () => {
  await using receiver = await startWebhookReceiver();
  await using station = await staffedStation();
  const { server, client } = await setFire(station, receiver, 'smoke');
  const incident = (await station.outside.query('select id from fenghuo.incident')).rows[0].id;
  const open = { act: 'open-ticket', subject: incident, expectedVersion: 1 };
  expect(await station.order(open)).toMatchObject({ ok: true });
  const told = (kind: string, ...people: string[]) =>
    ['inbox', 'webhook'].flatMap((channel) =>
      people.map((person) => ({ kind, person, channel, state: 'sent', reason: null })),
    );
  const ticket = (await station.outside.query('select id from fenghuo.ticket')).rows[0].id;
  const move = { act: 'move-ticket', subject: ticket, expectedVersion: 1, to: 'dispatched' };
  expect(await station.order(move)).toMatchObject({ ok: true });
  await client.publishAsync('fenghuo/v1/331081/H-1/event', JSON.stringify({ id: 'h', kind: 'heat' }), {
    qos: 1,
  });
  await server.stop();
  await station.outside.query('update fenghuo.due set due_at = now()');
  await station.start({ ...receiver.settings, FENGHUO_MQTT_PORT: String(server.mqttPort) });
  while ((await deliveries(station)).length < 14);
  await deliveriesOnce(station, 'webhook', settled);
  expect(await deliveries(station)).toMatchObject([
    ...told('opened', 'P4', 'P5'),
    ...told('handed-over', 'P3'),
    ...told('raised', 'P3'),
    ...told('deadline-missed', 'P3'),
    ...told('escalated', 'P4', 'P5'),
  ]);
  const outside = (await deliveries(station, 'webhook')).map(({ id }) => id);
  expect(receiver.received.map(({ key }) => key).sort()).toEqual(outside.sort());
  expect(receiver.received.every(({ genuine, key, body }) => genuine && key === body.id)).toBe(true);
  expect(receiver.received.find(({ body }) => body.kind === 'raised')?.body).toMatchObject({
    person: { id: 'P3', name: '张强', phone: '13900000003' },
    ticket: { id: ticket, severity: 'high', stage: 'dispatched', holder: 'U-team' },
  });
});

test.concurrent('killed between the call and its record: called again with the same key, one delivery', async () => {
  await using receiver = await startWebhookReceiver();
  await using station = await staffedStation();
  const settings = { ...receiver.settings, FENGHUO_FAILPOINT: 'inside-delivery' };
  const doomed = await station.start(settings);
  const client = await station.connect(doomed);
  await client.publishAsync('fenghuo/v1/331081/S-1/event', pressed(), { qos: 1 });
  expect(await doomed.ended).toBe('SIGKILL');
  expect((await deliveries(station, 'webhook')).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  const { rows: locked } = await station.outside.query(
    'select from graphile_worker.jobs where locked_by is not null',
  );
  expect(locked.length).toBeGreaterThan(0);
  const before = new Set(receiver.received.map(({ key }) => key));
  await station.start({ ...receiver.settings, FENGHUO_MQTT_PORT: String(doomed.mqttPort) });
  const rows = await deliveriesOnce(station, 'webhook', settled);
  expect(rows).toMatchObject([
    { person: 'P4', state: 'sent', attempts: 1 },
    { person: 'P5', state: 'sent', attempts: 1 },
  ]);
  const calls = receiver.received.map(({ key }) => key);
  expect(new Set(calls)).toEqual(new Set(rows.map(({ id }) => id)));
  for (const key of before) expect(calls.filter((one) => one === key)).toHaveLength(2);
});

test.concurrent('a receiver that is busy is called again with the same key, whatever breaks meanwhile; one that says no is not', async () => {
  await using receiver = await startWebhookReceiver();
  const calls = (person: string) => receiver.received.filter(({ body }) => body.person.id === person);
  await using station = await staffedStation();
  receiver.answer = async ({ body }) => {
    if (body.person.id === 'P5') return 404;
    if (calls('P4').length === 1) await holdJobs(station);
    return calls('P4').length < 3 ? 503 : 200;
  };
  await setFire(station, receiver);
  const [busy, refusing] = await deliveriesOnce(station, 'webhook', ({ attempts }) => attempts >= 1);
  expect(busy).toMatchObject({ person: 'P4', state: 'waiting', reason: 'busy' });
  expect(refusing).toMatchObject({ person: 'P5', state: 'failed', reason: 'rejected' });
  await breakHeldJobs(station);
  await tryNow(station);
  await deliveriesOnce(station, 'webhook', ({ attempts, state }) => attempts >= 2 || state === 'failed');
  await station.outside.query(`select pg_notify('worker:migrate', '{"breaking":true}')`);
  await tryNow(station);
  const [sent] = await deliveriesOnce(station, 'webhook', settled);
  expect(sent).toMatchObject({ person: 'P4', state: 'sent', reason: null, attempts: 3 });
  expect(new Set(calls('P4').map(({ key }) => key))).toEqual(new Set([sent!.id]));
  expect([calls('P4').length, calls('P5').length]).toEqual([3, 1]);
});

test.concurrent('a demo county: nobody outside is called, and the record says why; of a drill in which nobody takes part not even the house is told', async () => {
  await using receiver = await startWebhookReceiver();
  await using station = await staffedStation({ demo: true });
  const { server } = await setFire(station, receiver);
  await station.order({ act: 'start-drill', subject: 'R1', title: '演练' });
  await station.outside.query(
    `insert into fenghuo.credential (username, county, kind, run, secret_hash)
     select 'tester', county, 'tester', 'R1', secret_hash from fenghuo.credential where kind = 'bridge'`,
  );
  const tester = await station.connect(server, 'tester', 'tester');
  await tester.publishAsync('fenghuo-drill/v1/R1/~/fenghuo/v1/331081/S-1/event', pressed(), { qos: 1 });
  expect(await station.counts('ticket')).toEqual({ ticket: 2 });
  const rows = await deliveriesOnce(station, 'webhook', settled);
  expect(rows).toMatchObject([
    { person: 'P4', state: 'refused', reason: 'demo-data' },
    { person: 'P5', state: 'refused', reason: 'demo-data' },
  ]);
  expect((await deliveries(station, 'inbox')).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(receiver.received).toEqual([]);
});
