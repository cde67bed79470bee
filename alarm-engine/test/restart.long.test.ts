import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { anAlarm, anIncident, aTicket } from './records.ts';
import { startServer } from './server-process.ts';
import { county, insertSmallCounty } from './small-county.ts';

const devices = 212_000;
const buildings = 12_000;
const standing = 10_000;
const tickets = 1000;
/** Of the tickets, so many missed their deadline while nobody looked. */
const missed = 600;
const recentEvents = 200_000;
const batchSize = 400;
/** What the project promises of a server that is started again, ms. Counted in processor time, of which a busy machine takes none. */
const promisedMs = 5000;

let database: TestDatabase;
let outside: Client;
let data: string;

beforeEach(async () => {
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  data = mkdtempSync(path.join(tmpdir(), 'fenghuo-restart-'));
  await insertSmallCounty(outside);
  await insertEstate();
  await insertOpenWorld(Date.now());
  await insertRecentEvents(Date.now());
  await outside.query('vacuum analyze');
});

afterEach(async () => {
  await outside.end();
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

async function insertEstate(): Promise<void> {
  await outside.query(
    `insert into fenghuo.building (id, county, area, name_zh, use, floors, lon, lat, footprint)
     select 'N' || i, $1, '331081100203-02', i || ' 号楼', 'residential', 6, 121.2 + i % 120 * 0.004,
            28.2 + i / 120 * 0.004, '[]'
     from generate_series(0, $2::int - 1) as i`,
    [county, buildings],
  );
  await outside.query(
    `insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat)
     select no, 'D-' || no, $1, 'smoke', true, '331081100203-02', 'N' || no % $3, 1 + no % 6, '101', 121.2 + no % 12000 % 120 * 0.004,
            28.2 + no % 12000 / 120 * 0.004
     from generate_series(6, $2::int - 1) as no`,
    [county, devices, buildings],
  );
}

const placeOf = (i: number) => ({ lon: 121.2 + (i % 120) * 0.004, lat: 28.2 + Math.floor(i / 120) * 0.004 });

/** An incident for each alarm; every tenth has a ticket, and some of those are late without anybody knowing. */
async function insertOpenWorld(now: number): Promise<void> {
  const area = '331081100203-02';
  const numbers = Array.from({ length: standing }, (_, i) => i);
  const ticketOf = (i: number) => (i < tickets ? `331081-T${i}` : null);
  const alarms = numbers.map((i) =>
    anAlarm({
      id: `331081-A${i}`,
      area,
      device: `D-${i + 6}`,
      building: `N${i + 6}`,
      incident: `331081-I${i}`,
    }),
  );
  const incidents = numbers.map((i) =>
    anIncident({
      ...{ id: `331081-I${i}`, area, building: `N${i + 6}`, ...placeOf(i), ticket: ticketOf(i) },
      ...{ caseCode: `WL-260301-${i}`, alarms: [`331081-A${i}`] },
    }),
  );
  const due = (i: number) => now + (i < missed ? -3_600_000 + i : 86_400_000);
  const open = numbers.slice(0, tickets).map((i) =>
    aTicket({
      ...{ id: `331081-T${i}`, area, incident: `331081-I${i}`, caseCode: `WL-260301-${i}` },
      due: { stage: 'accepted', since: now - 7_200_000, yellowAt: due(i), at: due(i), limitMs: 60_000 },
    }),
  );
  for (const [table, records] of Object.entries({ alarm: alarms, incident: incidents, ticket: open }))
    await outside.query(
      `insert into fenghuo.${table} (id, county, doc) select doc ->> 'id', $1, doc from jsonb_array_elements($2) as doc`,
      [county, JSON.stringify(records)],
    );
  await outside.query(
    `insert into fenghuo.due (id, county, due_at, kind, subject)
     select 'ticket-overdue:' || id, county, to_timestamp((doc -> 'due' ->> 'at')::float8 / 1000), 'ticket-overdue', id
     from fenghuo.ticket`,
  );
}

async function insertRecentEvents(now: number): Promise<void> {
  const from = now / 1000 - 3600;
  await outside.query(
    `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, value, unit, flags)
     select 6 + i % $1, at, i, i, at, 'smoke', case when i % 5 = 0 then 'alarm' else 'normal' end, 0.1, 'dB/m', 0
     from generate_series(1, $2::int) as i, lateral (select to_timestamp($3 + i * 3600.0 / $2) as at) as t`,
    [devices - 6, recentEvents, from],
  );
  await outside.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     select $1, i, i + $2 - 1, to_timestamp($4 + i * 3600.0 / $3), 1, $2, 0
     from generate_series(1, $3::int, $2::int) as i`,
    [county, batchSize, recentEvents, from],
  );
}

/** Processor time of a process so far, ms. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(stat[11]) + Number(stat[12])) * 10;
}

/** Starts the server and ends it once all that was due is fired; gives what it took until it was ready. */
async function startAndStop(): Promise<{ cpuMs: number; wallMs: number }> {
  const begin = performance.now();
  const server = await startServer({
    ...{ FENGHUO_DATA: data, FENGHUO_DATABASE_URL: database.appUrl },
    FENGHUO_OWNER_DATABASE_URL: database.ownerUrl,
  });
  const took = { cpuMs: cpuMsOf(server.pid), wallMs: Math.round(performance.now() - begin) };
  for (let waiting = 1; waiting > 0; ) {
    const { rows } = await outside.query(
      'select count(*)::int as waiting from fenghuo.due where due_at < now()',
    );
    waiting = rows[0].waiting;
  }
  await server.stop();
  return took;
}

async function missedDeadlines(): Promise<{ told: number; tickets: number; overdue: number }> {
  const { rows } = await outside.query(
    `select count(*)::int as told, count(distinct subject)::int as tickets,
            (select count(*)::int from fenghuo.ticket where (doc ->> 'overdue')::boolean) as overdue
     from fenghuo.audit where act = 'miss-deadline'`,
  );
  return rows[0];
}

test('a county at full size, started again: ready in time; what was due in between fires once, and not again', async () => {
  const first = await startAndStop();
  expect(await missedDeadlines()).toEqual({ told: missed, tickets: missed, overdue: missed });
  const second = await startAndStop();
  expect(await missedDeadlines()).toEqual({ told: missed, tickets: missed, overdue: missed });
  console.log({ first, second });
  for (const { cpuMs } of [first, second]) expect(cpuMs).toBeLessThan(promisedMs);
});
