import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuTimeUs, parseStat, peakMemoryBytes } from './process-usage.ts';

test('a name with brackets and spaces does not shift the fields', () => {
  const line = '7 (a) b (c) S 3 7 7 0 -1 4194560 1 2 3 4 11 22 33 44 20 0 1 0';
  expect(parseStat(line)).toEqual({ parent: 3, own: 33, reaped: 77 });
  expect(parseStat('')).toBeNull();
});

test.runIf(process.platform === 'linux')('a busy child counts for its parent', async () => {
  const before = await cpuTimeUs(process.pid);
  const busy =
    'const end = performance.now() + 300; while (performance.now() < end); console.log(1); setInterval(() => {}, 1e6)';
  const child = spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const after = await cpuTimeUs(process.pid);
  child.kill();
  expect(after! - before!).toBeGreaterThan(50_000);
  expect(await peakMemoryBytes(process.pid)).toBeGreaterThan(10_000_000);
  expect(await cpuTimeUs(2 ** 22 + 1)).toBeNull();
});
