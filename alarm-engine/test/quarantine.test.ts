import { type QuarantinePage, quarantinePage } from '@fenghuo/contracts/quarantine.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PushStation } from './push-station.ts';

let station: PushStation;
beforeAll(async () => {
  station = await PushStation.prepare();
  await station.start();
});
afterAll(() => station[Symbol.asyncDispose]());

const minute = 60_000;
const native = (device: string) => `fenghuo/v1/331081/${device}/event`;
const page = async (query: string): Promise<QuarantinePage> =>
  quarantinePage.parse(await (await station.api('GET', `/quarantine?${query}`)).json());
const numbers = async (query: string) => (await page(query)).messages.map(({ no }) => no);
const alarmsOf = async (device: string) => {
  const { rows } = await station.outside.query<{ reasons: { en: string }[]; state: string }>(
    `select doc -> 'reasons' as reasons, state from fenghuo.alarm where device = $1`,
    [device],
  );
  return rows;
};

test('filters: reason, way in or principal, part of the topic, time, outcome; counts of ever and of a day', async () => {
  const now = Date.now();
  const keep = (reason: string, topic: string, age: number, principal?: string) =>
    station.keep({ reason, topic, text: '?', at: now - age, more: { principal } });
  const a = await keep('not-json', 'list/a_b', 2 * 24 * 60 * minute);
  const b = await keep('not-json', 'list/axb', 60 * minute, 'bridge:north');
  const c = await keep('bad-time', 'list/c', 30 * minute, 'bridge:north');
  expect(await numbers('topic=list/')).toEqual([c, b, a]);
  expect(await numbers('topic=a_b')).toEqual([a]);
  expect(await numbers('topic=list/&reason=not-json')).toEqual([b, a]);
  expect(await numbers('topic=list/&source=bridge:north')).toEqual([c, b]);
  expect(await numbers('topic=list/&source=mqtt-endpoint')).toEqual([c, b, a]);
  expect(await numbers(`topic=list/&from=${now - 60 * minute}&to=${now - 30 * minute}`)).toEqual([b]);
  expect(await numbers('topic=list/&outcome=untried')).toEqual([c, b, a]);
  expect(await numbers('topic=list/&outcome=stored')).toEqual([]);
  expect(await numbers(`topic=list/&before=${c}&limit=1`)).toEqual([b]);
  const { byReason, lastDayByReason, total } = await page('limit=1');
  expect([byReason, lastDayByReason]).toEqual([
    { 'not-json': 2, 'bad-time': 1 },
    { 'not-json': 1, 'bad-time': 1 },
  ]);
  expect(total).toBe(3);
});

test('one message with its bytes; none of that number', async () => {
  const no = await station.keep({ reason: 'schema', topic: 'one', text: '烟\0', at: Date.now() });
  const message = await (await station.api('GET', `/quarantine/${no}`)).json();
  expect(message).toMatchObject({ no, topic: 'one', bytesBase64: Buffer.from('烟\0').toString('base64') });
  for (const other of [no + 1000, 0, 'x', '9'.repeat(30)])
    expect((await station.api('GET', `/quarantine/${other}`)).status).toBe(404);
});

test('understood by now → processed again → alarm, which says how old it is; once and no more', async () => {
  const at = Date.now() - 3 * 24 * 60 * minute;
  const no = await station.keep({ reason: 'schema', topic: native('S-1'), text: '{"kind":"smoke"}', at });
  const message = await station.reprocess(no);
  expect(message).toMatchObject({ outcome: 'stored', askedBy: 'administrator', triedAt: expect.any(Number) });
  const [alarm, ...others] = await alarmsOf('S-1');
  expect(others).toEqual([]);
  expect(alarm?.reasons.at(-1)?.en).toBe('late alarm, 3 days old');
  const { rows } = await station.outside.query(
    `select flags & 1 as late, (extract(epoch from received_at) * 1000)::float8 as "receivedAt"
     from fenghuo.event where device = 0`,
  );
  expect(rows).toEqual([{ late: 1, receivedAt: at }]);
  const again = await station.api('POST', `/quarantine/${no}/reprocess`);
  expect([again.status, await again.json()]).toMatchObject([409, { error: 'not-again' }]);
  const audit = await station.outside.query(
    `select actor, detail from fenghuo.audit where act = 'reprocess-quarantine' and subject = $1`,
    [String(no)],
  );
  expect(audit.rows[0]).toMatchObject({
    actor: 'administrator',
    detail: expect.stringContaining(`\\"no\\":${no}`),
  });
});

test('a message whose twin was stored meanwhile changes nothing', async () => {
  const text = JSON.stringify({ kind: 'gas', id: 'g-1', ts: Date.now() });
  const first = await station.keep({ reason: 'schema', topic: native('G-2'), text, at: Date.now() });
  const second = await station.keep({ reason: 'schema', topic: native('G-2'), text, at: Date.now() });
  expect((await station.reprocess(first)).outcome).toBe('stored');
  const before = await station.counts('event', 'alarm');
  expect((await station.reprocess(second)).outcome).toBe('stored');
  expect(await station.counts('event', 'alarm')).toEqual(before);
});

test('still not understood → it stays, with why, and may be asked for again', async () => {
  const before = await station.counts('quarantine');
  const no = await station.keep({ reason: 'schema', topic: native('S-2'), text: '{"kind":"dragon"}', at: 0 });
  for (let i = 0; i < 2; i++) {
    const { outcome, outcomeDetail } = await station.reprocess(no);
    expect([outcome, outcomeDetail]).toEqual(['refused', expect.stringMatching(/^schema: kind: /)]);
  }
  expect(await station.counts('quarantine')).toEqual({ quarantine: before.quarantine! + 1 });
});

test('what was retained raises nothing, now neither', async () => {
  const kept = { reason: 'schema', topic: native('S-2'), text: '{"kind":"smoke"}', at: Date.now() };
  const no = await station.keep({ ...kept, more: { retained: true } });
  expect((await station.reprocess(no)).outcome).toBe('stored');
  expect(await alarmsOf('S-2')).toEqual([]);
});

test('a carrier’s message, by what its source may do today', async () => {
  const { source } = await station.issue('telecom-kept', 'ctwing', '331081101');
  const report = (IMEI: string) =>
    JSON.stringify({ messageType: 'dataReport', IMEI, timestamp: Date.now(), payload: { smoke_state: 1 } });
  const of = (text: string) => ({
    reason: 'unknown-payload',
    topic: `carrier/v1/ctwing/${source}`,
    text,
    at: Date.now(),
  });
  const more = { principal: `carrier:${source}` };
  const foreign = await station.keep({ ...of(report('H-1')), more });
  expect((await station.reprocess(foreign)).outcome).toBe('not-authorised');
  const own = await station.keep({ ...of(report('S-2')), more });
  expect((await station.reprocess(own)).outcome).toBe('stored');
  expect(await alarmsOf('S-2')).toHaveLength(1);
  const silent = await station.keep({ ...of('{"messageType":"commandResponse"}'), more });
  expect((await station.reprocess(silent)).outcome).toBe('nothing');
  await station.api('DELETE', `/carrier-sources/${source}`);
  const orphan = await station.keep({ ...of(report('S-2')), more });
  expect((await station.reprocess(orphan)).outcome).toBe('not-authorised');
});

test('an event that the writer had set aside comes back as itself; what it sets aside again lies there anew', async () => {
  const event = {
    ...{ deviceId: 'H-1', run: null, at: Date.now(), hasDeviceTime: true, ident: '-77', kind: 'heat' },
    ...{ state: 'alarm', value: 80, unit: '°C', attrs: null, receivedAt: Date.now(), late: false },
    ...{ skewed: false, retained: false, source: 'mqtt-endpoint' },
  };
  const keep = (of: object) =>
    station.keep({
      reason: 'undecided',
      topic: 'H-1',
      text: JSON.stringify({ ...event, ...of }),
      at: Date.now(),
    });
  expect((await station.reprocess(await keep({}))).outcome).toBe('stored');
  expect(await alarmsOf('H-1')).toHaveLength(1);
  const ghost = await keep({ deviceId: 'ghost-1', run: 'drill-none' });
  const { outcome, outcomeDetail } = await station.reprocess(ghost);
  const newest = (await page('reason=unknown-device')).messages[0];
  expect([outcome, outcomeDetail]).toEqual(['again', `as message ${newest?.no}`]);
  expect(newest).toMatchObject({ source: `quarantine:${ghost}`, outcome: 'untried' });
  const broken = await station.keep({ reason: 'not-storable', topic: '', text: '', at: 0 });
  expect((await station.reprocess(broken)).outcome).toBe('refused');
});

test('by filter: at most so many, the oldest first; without a filter nobody asks for everything', async () => {
  const text = (i: number) => JSON.stringify({ kind: 'restore', id: `bulk-${i}` });
  const kept: number[] = [];
  for (let i = 0; i < 5; i++)
    kept.push(await station.keep({ reason: 'bulk', topic: native('C-1'), text: text(i), at: Date.now() }));
  const ask = (body: object) => station.api('POST', '/quarantine/reprocess', body);
  expect((await ask({})).status).toBe(400);
  expect((await ask({ limit: 5 })).status).toBe(400);
  expect(await (await ask({ reason: 'bulk', limit: 2 })).json()).toEqual({ asked: 2 });
  for (const no of kept.slice(0, 2)) expect((await station.outcomeOf(no)).outcome).toBe('stored');
  expect(await numbers('reason=bulk&outcome=untried')).toEqual(kept.slice(2).reverse());
  expect(await (await ask({ reason: 'bulk' })).json()).toEqual({ asked: 3 });
  for (const no of kept) expect((await station.outcomeOf(no)).outcome).toBe('stored');
  expect(await (await ask({ reason: 'bulk' })).json()).toEqual({ asked: 0 });
});

test('killed between commit and outcome → the mark stays → the next server finishes it, and nothing is doubled', async () => {
  await using doomed = await PushStation.prepare();
  const text = '{"kind":"manual"}';
  const no = await doomed.keep({ reason: 'schema', topic: native('S-1'), text, at: Date.now() });
  await doomed.start();
  const server = await doomed.start({ FENGHUO_FAILPOINT: 'commit-to-puback:2' });
  await doomed.api('POST', `/quarantine/${no}/reprocess`);
  expect(await server.ended).toBe('SIGKILL');
  const { rows } = await doomed.outside.query('select outcome from fenghuo.quarantine');
  expect(rows).toEqual([{ outcome: 'waiting' }]);
  await doomed.start();
  expect((await doomed.outcomeOf(no)).outcome).toBe('stored');
  expect(await doomed.counts('event', 'alarm', 'ticket')).toEqual({ event: 1, alarm: 1, ticket: 1 });
});

test('the server may write down what became of a message, and neither change nor remove it', async () => {
  const asServer = (statement: string) => station.outside.query(`set role fenghuo_app; ${statement}`);
  await expect(asServer(`update fenghuo.quarantine set bytes = ''`)).rejects.toThrow('permission denied');
  await station.outside.query('reset role');
  await expect(asServer('delete from fenghuo.quarantine')).rejects.toThrow('permission denied');
  await station.outside.query('reset role');
});
