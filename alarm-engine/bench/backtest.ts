import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from '../src/registry/registry.ts';
import { backtest } from '../src/replay/backtest.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { connectClient } from '../src/store/pool.ts';
import { makeTemporaryFolder } from '../test/temporary-folder.ts';

/**
 * How fast history runs through two books: events are read back from a real Postgres, decoded and decided on twice.
 * History is invented: batches of 500 events over a day, one event in a hundred an alarm.
 *
 *     npm run bench:backtest -- [--json] [--events 5000000] [--devices 212000]
 */
const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '5000000' },
    devices: { type: 'string', default: '212000' },
  },
});
const [events, devices] = [Number(given.events), Number(given.devices)];
const county = '331081';
const township = `${county}100`;
const buildings = 12_000;
const batchSize = 500;
const log = pino({ level: 'silent' });
const begin = Date.UTC(2026, 2, 1);
const dayMs = 86_400_000;

function makeCounty(): Registry {
  const words = { zh: '温岭', en: 'Wenling' };
  const registry = new Registry({ code: county, name: words, casePrefix: 'WL', demo: true });
  const place = (i: number) => ({ lon: 121.2 + (i % 120) * 0.004, lat: 28.2 + Math.floor(i / 120) * 0.004 });
  for (const level of ['county', 'township', 'team'] as const)
    registry.addUnit({
      ...{ id: level, level, area: level === 'county' ? county : township, parent: null, name: words },
      ...{ ...place(0), capabilities: ['fire'] },
    });
  for (let i = 0; i < buildings; i++)
    registry.buildings.set(`B${i}`, {
      ...{ id: `B${i}`, area: `${township}200`, name: words, use: 'residential', floors: 6, ...place(i) },
    });
  for (let no = 0; no < devices; no++) {
    const building = no % buildings;
    registry.addDevice({
      ...{ no, id: `D-${no}`, type: 'smoke', area: `${township}200`, building: `B${building}` },
      ...{ floor: 1 + (no % 6), room: null, ...place(building) },
    });
  }
  return registry;
}

async function makeHistory(client: Client): Promise<void> {
  await client.query(`select fenghuo.make_event_days(to_timestamp($1)::date, to_timestamp($1)::date + 1)`, [
    begin / 1000,
  ]);
  await client.query(
    `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, value, unit, flags)
     select i * 7919 % $1, at, i, i, at, 'smoke', case when i % 101 = 0 then 'alarm' else 'normal' end,
            0.05, 'dB/m', 0
     from generate_series(1, $2::bigint) as i, lateral (select to_timestamp($3 + i * 86400.0 / $2) as at) as t`,
    [devices, events, begin / 1000],
  );
  await client.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     select $1, i, i + $4 - 1, to_timestamp($3 + (i + $4) * 86400.0 / $2), 1, $4, 0
     from generate_series(1, $2::bigint, $4::int) as i`,
    [county, events, begin / 1000, batchSize],
  );
  await client.query('vacuum analyze fenghuo.event');
}

async function run(client: Client): Promise<Record<string, number>> {
  const registry = makeCounty();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const report = await backtest({
    ...{ client, registry, inForce: shippedRulebook(), candidate: shippedRulebook(), acts: 'as-acted' },
    workflow: shippedWorkflow().workflow,
    ...{ timeZone: 'Asia/Shanghai', mostInputs: Number.POSITIVE_INFINITY },
    ...{ from: begin, to: begin + 2 * dayMs, onProgress: () => {} },
  });
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  return {
    events: report.events,
    alarms: report.total.inForce,
    differences: report.total.added + report.total.removed,
    seconds: Number(seconds.toFixed(2)),
    events_per_s: Math.round(report.events / seconds),
    ns_per_event_here: Math.round(((used.user + used.system) * 1000) / report.events),
  };
}

const folder = makeTemporaryFolder();
const places = { folder: join(folder.path, 'data'), systemFolder: join(folder.path, 'system') };
const { ownerUrl, appUrl, stop } = await startEmbeddedPostgres({ ...places, log });
await migrate({ ownerUrl, appUrl, log });
const client = await connectClient({ url: ownerUrl, name: 'bench' });
await makeHistory(client);
const found = await run(client);
await client.end();
await stop();
await folder.remove();
/** What the project promises, events a second. */
const promised = 200_000;
if (found.events_per_s! < promised) process.exitCode = 1;
if (given.json) console.log(JSON.stringify(found));
else console.table(found);
