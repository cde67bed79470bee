import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { DeviceClocks } from '@fenghuo/gateway/liveness/device-clocks.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import type { Client } from 'pg';
import { pino } from 'pino';
import { LivenessKeeper } from '../src/engine/liveness-keeper.ts';
import { Registry } from '../src/registry/registry.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { connectClient } from '../src/store/pool.ts';
import { makeTemporaryFolder } from '../test/temporary-folder.ts';

/**
 * What bookkeeping of liveness costs, as a share of one core: a touch for each heartbeat, the sweep, the search for
 * stuck alarms, and the flush to a real Postgres, whose processor time counts too. Time is moved by hand, so an
 * hour of a county takes seconds; what is reported is processor time over the time that passed for the county.
 *
 *     npm run bench:liveness -- [--json] [--devices 170000] [--every 600] [--hours 2]
 */
const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    devices: { type: 'string', default: '170000' },
    /** Seconds between two heartbeats of a device. */
    every: { type: 'string', default: '600' },
    hours: { type: 'string', default: '2' },
  },
});
const [devices, everyS, hours] = [Number(given.devices), Number(given.every), Number(given.hours)];
const county = '331081';
/** One device in so many is a concentrator, and those after it hang on it. */
const groupSize = 40;
const openAlarms = 2000;
const log = pino({ level: 'silent' });

function makeCounty(): Registry {
  const registry = new Registry({ code: county, name: { zh: '', en: '' }, casePrefix: 'WL', demo: true });
  const place = { area: null, building: null, floor: null, room: null, lon: null, lat: null };
  for (let no = 0; no < devices; no++) {
    const isParent = no % groupSize === 0;
    registry.addDevice({ ...place, no, id: `D-${no}`, type: isParent ? 'concentrator' : 'smoke' });
    if (!isParent) registry.setParent(no, `D-${no - (no % groupSize)}`);
  }
  return registry;
}

/** Processor ms of the whole cluster: of the postmaster, of those it has outlived, and of those that live. */
async function databaseCpuMs(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity');
  const ticksOf = (pid: number, fields: readonly number[]) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return { ticks: fields.reduce((sum, field) => sum + Number(stat[field]), 0), parent: Number(stat[1]) };
  };
  const living = rows.map(({ pid }) => ticksOf(pid, [11, 12]));
  const postmaster = ticksOf(living[0]!.parent, [11, 12, 13, 14]);
  return (postmaster.ticks + living.reduce((sum, { ticks }) => sum + ticks, 0)) * 10;
}

async function run(client: Client): Promise<Record<string, number>> {
  await client.query(
    `insert into fenghuo.alarm (id, county, doc)
     select 'A' || i, $1, jsonb_build_object('rule', 'smoke', 'kind', 'smoke', 'device', 'D-' || i, 'condition', true,
       'lastEventAt', 4e12, 'raisedAt', 1.7e12)
     from generate_series(1, $2::int) as i`,
    [county, openAlarms],
  );
  await client.query('vacuum analyze fenghuo.alarm');
  let passed = 0;
  const begin = Date.now();
  const [lastSeen, clocks, queue] = [new LastSeen(), new DeviceClocks(), new IntakeQueue()];
  const keeper = new LivenessKeeper({
    ...{ pool: client, registry: makeCounty(), lastSeen, clocks, queue, log, canHear: () => true },
    rulebook: shippedRulebook,
    moment: () => ({ now: begin + passed, monotonic: passed }),
  });
  await keeper.restore();
  for (let no = 0; no < devices; no++) lastSeen.touch(no, begin - (no % everyS) * 1000);
  const before = { node: process.cpuUsage(), database: await databaseCpuMs(client) };
  let beaten = 0;
  const tickMs: number[] = [];
  for (; passed < hours * 3_600_000; passed += 1000) {
    for (const due = (passed / 1000) * (devices / everyS); beaten < due; beaten++)
      lastSeen.touch((beaten * 7919) % devices, begin + passed);
    const from = performance.now();
    keeper.tick();
    tickMs.push(performance.now() - from);
    await keeper.settled();
  }
  const node = process.cpuUsage(before.node);
  const percent = (ms: number) => Number(((100 * ms) / passed).toFixed(3));
  const nodeShare = percent((node.user + node.system) / 1000);
  const databaseShare = percent((await databaseCpuMs(client)) - before.database);
  return {
    devices,
    heartbeat_every_s: everyS,
    silent: keeper.counts.silent,
    server_core_percent: nodeShare,
    database_core_percent: databaseShare,
    core_percent: Number((nodeShare + databaseShare).toFixed(3)),
    tick_median_ms: quantile(tickMs, 0.5),
    tick_p95_ms: quantile(tickMs, 0.95),
  };
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.floor(sorted.length * at)]!.toFixed(3));
}

const folder = makeTemporaryFolder();
const places = { folder: join(folder.path, 'data'), systemFolder: join(folder.path, 'system') };
const { ownerUrl, appUrl, stop } = await startEmbeddedPostgres({ ...places, log });
await migrate({ ownerUrl, appUrl, log });
const client = await connectClient({ url: ownerUrl, name: 'bench' });
const found = await run(client);
await client.end();
await stop();
await folder.remove();
/** What the project promises, percent of a core. */
const promised = 1;
if (found.core_percent! >= promised) process.exitCode = 1;
if (given.json) console.log(JSON.stringify(found));
else console.table(found);
