import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { CountyScan } from '../src/video/county-scan.ts';
import { fetchBytes } from '../src/video/fetch-bytes.ts';
import { ScanBoard } from '../src/video/scan-board.ts';

/**
 * `npm run bench:cameras`: 10,000 simulated cameras scanned as fast as both ends can. What a look costs here and a playlist
 * there, in processor time; the last line is JSON.
 */
const cameras = 10_000;
const roundMs = 5000;
const script = path.resolve(import.meta.dirname, '../../simulators/src/cameras.ts');

/** Processor time of another process, seconds. Linux. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const child = spawn(process.execPath, [script, '--any-id', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [ready] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
const url = ready.split(' ').at(-1)!;

const kept = { keepAlive: true, maxSockets: 64, maxFreeSockets: 64 };
const fetching = { agents: { http: new Agent(kept), https: new HttpsAgent(kept) }, timeoutMs: 10_000 };
let asked = 0;
const scan = new CountyScan({
  ...{ roundMs, mostAtOnce: 64, now: Date.now },
  fetch: (address, options) => {
    asked += 1;
    return fetchBytes(address, options, fetching);
  },
});
const board = ScanBoard.of(cameras);
const targets = Array.from({ length: cameras }, (_, no) => ({ no, url: `${url}/C-${no}/index.m3u8` }));
const [here, there] = [process.cpuUsage(), processorSeconds(child.pid!)];
scan.aim(targets, board);
scan.start();
while (board.lastRoundMs === null) await pause(100);
const { user, system } = process.cpuUsage(here);
const served = processorSeconds(child.pid!) - there;
const seconds = board.lastRoundMs / 1000;
await scan.stop();
child.kill();
const states = Object.groupBy(board.states.subarray(0, cameras), String);
process.stdout.write(
  `${JSON.stringify({
    cameras,
    seconds: Math.round(seconds * 10) / 10,
    requests: asked,
    live: states[1]?.length ?? 0,
    scan_us_per_camera: Math.round((user + system) / cameras),
    scan_share_of_a_core_at_233_a_second: Math.round(((user + system) / cameras) * 0.0233) / 100,
    server_us_per_answer: Math.round((served * 1e6) / asked),
    server_answers_per_second_per_core: Math.round(asked / served),
  })}\n`,
);
