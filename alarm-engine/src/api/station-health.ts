import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { type StationHealth, stationHealth } from '@fenghuo/contracts/station-health.ts';
import { z } from 'zod';
import { loadMigrations } from '../store/sql/load-migrations.ts';
import { readPulse } from '../store/sql/read-pulse.ts';
import { readStationLoad, type StationLoad } from '../store/sql/read-station-load.ts';
import { findProblems } from './health.ts';
import type { ApiContext, Route } from './route.ts';

const ownPackage = path.resolve(import.meta.dirname, '../../package.json');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(ownPackage, 'utf8')));

/** How the station itself does: queues, lag, disk, versions. */
export function stationHealthRoutes(context: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/station-health',
      needs: 'metrics',
      shape: {
        summary: { zh: '系统健康：队列、延迟、磁盘、版本', en: 'Health: queues, lag, disk, versions' },
        answers: { 200: stationHealth },
      },
      handle: async ({ response }) => {
        response.json(await readHealth(context));
      },
    },
  ];
}

async function readHealth(context: ApiContext): Promise<StationHealth> {
  const { db, county, dataFolder } = context;
  const [{ problems }, pulse, load, migrations, disk] = await Promise.all([
    findProblems(context),
    readPulse(db, county),
    readStationLoad(db, county),
    loadMigrations(db),
    dataFolder === null ? null : statfs(dataFolder).catch(() => null),
  ]);
  return {
    problems,
    writerAgeMs: pulse?.ageMs ?? null,
    backlog: pulse?.doc.backlog ?? null,
    eventsPerSecond: pulse?.doc.eventsPerSecond ?? null,
    broker: pulse?.doc.broker ?? null,
    ...loadOf(load),
    disk: disk && { free: disk.bavail * disk.bsize, size: disk.blocks * disk.bsize },
    versions: {
      ...{
        fenghuo: version,
        node: process.versions.node,
        postgres: load.postgres,
        timescale: load.timescale,
      },
      migration: migrations.at(-1)?.name ?? '',
    },
    upSeconds: Math.round(process.uptime()),
    memoryBytes: process.memoryUsage.rss(),
  };
}

function loadOf(load: StationLoad): Pick<StationHealth, 'queues' | 'database'> {
  return {
    queues: {
      commands: { waiting: load.commandsWaiting, oldestMs: load.commandsOldestMs },
      jobs: { waiting: load.jobsWaiting, oldestMs: load.jobsOldestMs, failed: load.jobsFailed },
      quarantined: load.quarantined,
    },
    database: {
      bytes: load.databaseBytes,
      connections: load.connections,
      mostConnections: load.mostConnections,
    },
  };
}
