import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { createPool } from '../store/pool.ts';
import { CameraDirectory, type CameraList } from './camera-directory.ts';
import { CountyScan } from './county-scan.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { ScanBoard } from './scan-board.ts';
import type { ScanWish } from './scan-desk.ts';

/** The thread of the county scan: reads which cameras there are, and sends the board on which it writes. */
const { databaseUrl, county, template, roundMs } = workerData as ScanWish;

const timeoutMs = 3000;
/** 42,000 in three minutes, when none of them answers in time. */
const mostAtOnce = 700;
/** How often it is looked whether cameras came or went. */
const directoryEveryMs = 10_000;

const log = pino({ level: 'warn' });
const db = createPool({ url: databaseUrl, name: 'fenghuo-scan', log, size: 1 });
const directory = new CameraDirectory({ db, county, template });
const kept = { keepAlive: true, maxSockets: mostAtOnce, maxFreeSockets: 64 };
const fetching = { agents: { http: new Agent(kept), https: new HttpsAgent(kept) }, timeoutMs };
const scan = new CountyScan({
  ...{ roundMs, mostAtOnce, now: Date.now },
  fetch: (url, options) => fetchBytes(url, options, fetching),
});

let known: CameraList | null = null;
let board: ScanBoard | undefined;

async function renew(): Promise<void> {
  const list = await directory.read();
  if (list.no === known?.no) return;
  known = list;
  const targets = list.all.flatMap(({ no, playlist: url }) => (url === null ? [] : [{ no, url }]));
  const size = (list.all.at(-1)?.no ?? -1) + 1;
  if (board === undefined || board.states.length < size) {
    board = ScanBoard.of(size, board);
    parentPort?.postMessage(board.memory);
  }
  scan.aim(targets, board);
}

/** A database that is away changes no cameras: the scan goes on with those that it knows. */
async function keepUp(): Promise<void> {
  await renew().catch((error: unknown) => log.warn({ err: error }, 'the scan cannot read its cameras'));
  setTimeout(keepUp, directoryEveryMs);
}

scan.start();
await keepUp();
