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
 * there, in processor time; the last line is JSON. With `--county` one round of 42,000 in its three minutes, one camera in
 * a hundred with each fault, and how many of these the scan calls what they are.
 */
const isCounty = process.argv.includes('--county');
const cameras = isCounty ? 42_000 : 10_000;
const roundMs = isCounty ? 180_000 : 5000;
/** What a camera is made to do, and what the scan is to call it. A frozen one has its turn in every third round. */
const faults = [
  { name: 'stall', order: { fault: 'stall' }, state: 'late' },
  { name: 'lag', order: { lagSeconds: 30 }, state: 'late' },
  { name: 'freeze', order: { fault: 'freeze' }, state: 'frozen' },
  { name: 'drop', order: { fault: 'drop' }, state: 'offline' },
  { name: 'no-signal', order: { fault: 'no-signal' }, state: 'no-signal' },
] as const;
const faultEvery = 100;
/** A playlist that stands is late by then. */
const staleAfterMs = 20_000;
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

function faultOf(no: number) {
  return isCounty ? faults[no % faultEvery] : undefined;
}

async function orderFaults(): Promise<void> {
  for (let no = 0; no < cameras; no++) {
    const fault = faultOf(no);
    if (fault === undefined) continue;
    const body = JSON.stringify(fault.order);
    const { ok } = await fetch(`${url}/control/C-${no}`, { method: 'POST', body });
    if (!ok) throw new Error(`C-${no} was not ordered`);
  }
  await pause(staleAfterMs);
}

/** Of each fault, how many cameras have it and how many of these the scan calls so; of those without, how many live. */
function toldApart(board: ScanBoard): Record<string, string> {
  const found = new Map<string, { cameras: number; right: number }>();
  for (let no = 0; no < cameras; no++) {
    const fault = faultOf(no);
    const name = fault?.name ?? 'sound';
    const group = found.get(name) ?? { cameras: 0, right: 0 };
    group.cameras += 1;
    if (board.stateOf(no).state === (fault?.state ?? 'live')) group.right += 1;
    found.set(name, group);
  }
  return Object.fromEntries([...found].map(([name, { cameras: all, right }]) => [name, `${right}/${all}`]));
}

if (isCounty) await orderFaults();
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
process.stdout.write(
  `${JSON.stringify({
    cameras,
    seconds: Math.round(seconds * 10) / 10,
    requests: asked,
    told_apart: toldApart(board),
    scan_us_per_camera: Math.round((user + system) / cameras),
    scan_share_of_a_core_at_233_a_second: Math.round(((user + system) / cameras) * 0.0233) / 100,
    server_us_per_answer: Math.round((served * 1e6) / asked),
    server_answers_per_second_per_core: Math.round(asked / served),
  })}\n`,
);
