import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A script that starts a station, says where it is, and waits for whatever comes. */
const script = `
import { startDemoStation } from ${JSON.stringify(path.join(import.meta.dirname, 'station.ts'))};
const { url } = await startDemoStation({ detectors: 200, cameras: 20, buildings: 40 });
console.log('at ' + url);
setInterval(() => {}, 60_000);
`;

let folder: string;
let starter: ChildProcess;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'fenghuo-started-'));
  starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: starter.stdout! }))
    if (line.startsWith('at ')) {
      url = line.slice(3);
      break;
    }
}, 120_000);

afterEach(() => {
  starter.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const answers = () =>
  fetch(`${url}/health`).then(
    () => true,
    () => false,
  );

test('a script is told to end → its station stops, and takes its data with it', async () => {
  expect(await answers()).toBe(true);
  const gone = once(starter, 'exit');
  starter.kill('SIGTERM');
  await gone;
  expect(await answers()).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('fenghuo-'))).toEqual([]);
}, 60_000);

test('a script is killed → its station stops', async () => {
  expect(await answers()).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(answers, { timeout: 30_000 }).toBe(false);
}, 60_000);
