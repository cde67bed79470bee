import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  publicReceipt,
  publicStatus,
  type ReportCard,
  type ReporterMessage,
  reportCard,
  reporterMessage,
  reportPage,
} from '@fenghuo/contracts/intake.ts';
import { expect, test } from 'vitest';
import { type CrashStation, prepareStation } from './crash-station.ts';
import { insertTestAccount, password, zeguo } from './small-county.ts';

/** The city's gateway of short messages: keeps what reporters are told. */
async function messageGateway() {
  const told: ReporterMessage[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as { kind: string };
    if (body.kind.startsWith('report-')) told.push(reporterMessage.parse(body));
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const settings = {
    FENGHUO_WEBHOOK_URL: `http://127.0.0.1:${port}/messages`,
    FENGHUO_WEBHOOK_SECRET: 'a secret of the house',
  };
  return { told, settings, [Symbol.dispose]: () => server.close() };
}

/** A running station, as a browser asks it; `null` is a stranger. */
async function openStation(station: CrashStation, settings: Record<string, string> = {}) {
  const { httpPort } = await station.start(settings);
  const ask = (cookie: string | null, method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${httpPort}/api/v1${path}`, {
      method,
      headers: {
        ...{ 'X-Fenghuo': '1', 'Content-Type': 'application/json' },
        ...(cookie === null ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const enter = async (account: string) => {
    const response = await ask(null, 'POST', '/session', { account, password });
    return response.headers.getSetCookie()[0]!.split(';')[0]!;
  };
  return { ask, enter };
}

const call = (more: object = {}) => ({
  ...{ id: randomUUID(), channel: '119', what: 'fire', words: '三楼冒火，有人', seat: '席位 2' },
  ...{
    place: { by: 'building', building: 'B1', floor: 3 },
    caller: { name: '王建国', phone: '13812342207' },
  },
  ...more,
});

test.concurrent('a call → taken once, told once → the ticket ends → told once more; the link follows it; erased, it opens nothing', async () => {
  using gateway = await messageGateway();
  await using station = await prepareStation();
  const { ask, enter } = await openStation(station, gateway.settings);
  await insertTestAccount(station.outside, 'dispatcher', undefined, 'li');
  await insertTestAccount(station.outside, 'administrator', undefined, 'root');
  const li = await enter('li');
  const body = call();
  for (let i = 0; i < 2; i += 1) {
    const response = await ask(li, 'POST', '/reports', body);
    expect([response.status, await response.json()]).toMatchObject([200, { ok: true, id: body.id }]);
  }
  const report = async (): Promise<ReportCard> =>
    reportCard.parse(await (await ask(li, 'GET', `/reports/report-${body.id}`)).json());
  const taken = await report();
  expect(taken).toMatchObject({
    status: 'received',
    takenBy: 'li',
    caller: body.caller,
    building: 'B1',
    floor: 3,
  });
  const { rows: tickets } = await station.outside.query(
    `select id, doc ->> 'severity' as severity from fenghuo.ticket`,
  );
  expect(tickets).toMatchObject([{ severity: 'high' }]);
  const link = (await station.outside.query('select link from fenghuo.report_person')).rows[0].link;
  const publicly = async () =>
    publicStatus.parse(await (await ask(null, 'GET', `/public/reports/${link}`)).json());
  expect(await publicly()).toMatchObject({
    status: 'received',
    what: 'fire',
    place: { zh: '牧屿社区 12 号楼' },
  });

  const move = {
    act: 'move-ticket',
    subject: tickets[0].id,
    to: 'false-alarm',
    expectedVersion: 1,
    reason: '烧纸',
  };
  expect(await station.order(move)).toMatchObject({ ok: true });
  expect(await publicly()).toMatchObject({ status: 'false-alarm' });
  while ((await report()).told.filter(({ state }) => state === 'sent').length < 2);
  expect(gateway.told).toMatchObject([
    {
      kind: 'report-received',
      person: body.caller,
      report: { status: 'received', link: `/report?s=${link}` },
    },
    { kind: 'report-closed', person: body.caller, report: { status: 'false-alarm' } },
  ]);
  expect(await station.counts('report', 'event', 'report_message')).toEqual({
    report: 1,
    event: 1,
    report_message: 2,
  });

  const root = await enter('root');
  const erased = await ask(root, 'POST', `/reports/report-${body.id}/erase`, { reason: '本人要求' });
  expect(erased.status).toBe(204);
  expect(await report()).toMatchObject({ erased: true, caller: null, words: '', status: 'false-alarm' });
  expect((await ask(null, 'GET', `/public/reports/${link}`)).status).toBe(404);
  const { rows } = await station.outside.query(
    `select (select count(*) from fenghuo.command where body::text ~ $1)
          + (select count(*) from fenghuo.audit where detail::text ~ $1)
          + (select count(*) from fenghuo.event where attrs::text ~ $1) as left`,
    [`${body.caller.phone}|${body.words}`],
  );
  expect(Number(rows[0].left)).toBe(0);
});

test.concurrent('in a demo county nobody outside is told', async () => {
  using gateway = await messageGateway();
  await using station = await prepareStation({ demo: true });
  const { ask, enter } = await openStation(station, gateway.settings);
  await insertTestAccount(station.outside, 'dispatcher', undefined, 'li');
  const li = await enter('li');
  const body = call();
  await ask(li, 'POST', '/reports', body);
  for (;;) {
    const { reports } = reportPage.parse(await (await ask(li, 'GET', '/reports')).json());
    const [message] = reports[0]!.told;
    if (message!.state === 'waiting') continue;
    expect(message).toEqual({ kind: 'report-received', state: 'refused', reason: 'demo-data' });
    break;
  }
  expect(gateway.told).toEqual([]);
});

test.concurrent('a resident reports: the same receipt whether it burns there or not, a medium incident to be verified, and a limit', async () => {
  await using station = await prepareStation();
  const { ask, enter } = await openStation(station);
  const said = (building: string) => ({ id: randomUUID(), building, what: 'smoke', words: '有烟' });
  const first = said('B1');
  const receipts = [first, first, said('B1'), said('B2')].map(async (body) => {
    const response = await ask(null, 'POST', '/public/reports', body);
    return [response.status, Object.keys(publicReceipt.parse(await response.json()))];
  });
  expect(await Promise.all(receipts)).toEqual(Array(4).fill([202, ['link']]));
  expect((await ask(null, 'POST', '/public/reports', said('B9'))).status).toBe(404);
  expect((await ask(null, 'POST', '/public/reports', said('B1'))).status).toBe(202);
  const tooMany = await ask(null, 'POST', '/public/reports', said('B1'));
  expect([tooMany.status, tooMany.headers.has('Retry-After')]).toEqual([429, true]);
  expect((await ask(null, 'GET', '/public/buildings/B1')).status).toBe(200);
  while ((await station.counts('report')).report !== 4);
  const { rows } = await station.outside.query(
    `select doc ->> 'severity' as severity, doc ->> 'building' as building, jsonb_array_length(doc -> 'alarms') as alarms
     from fenghuo.incident order by building`,
  );
  expect(rows).toEqual([
    { severity: 'medium', building: 'B1', alarms: 3 },
    { severity: 'medium', building: 'B2', alarms: 1 },
  ]);
  expect(await station.counts('ticket')).toEqual({ ticket: 0 });

  await insertTestAccount(station.outside, 'grid-worker', zeguo, 'grid');
  const grid = await enter('grid');
  const theirs = call({ channel: 'grid-worker', place: { by: 'point', lon: 121.61, lat: 28.35 } });
  const refused = await ask(grid, 'POST', '/reports', theirs);
  expect([refused.status, await refused.json()]).toMatchObject([409, { reason: 'not-authorised' }]);
  const own = call({ channel: 'grid-worker', place: { by: 'point', lon: 121.37, lat: 28.49 } });
  expect((await ask(grid, 'POST', '/reports', own)).status).toBe(200);
  const { reports } = reportPage.parse(await (await ask(grid, 'GET', '/reports')).json());
  expect(reports).toHaveLength(4);
  expect(reports[0]).toMatchObject({ building: 'B1', takenBy: 'grid', channel: 'grid-worker' });
});
