import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

const scenario = (budget: string) => `
name: short
title: { zh: 短剧本, en: A short one }
seed: short
duration: 3 s
settle: 1 s
connections: 2
station: { estate: { detectors: 1000, cameras: 20, buildings: 60 } }
places: { home: { detectors_from: 3 } }
timeline:
  - readings: { who: { types: [heat] }, rate: 50, for: 3 s }
  - { at: 1 s, speak: { who: { place: home, types: [smoke], count: 1 }, state: alarm } }
expect: { alarms: 1 }
budgets: { puback_max: ${budget} }
`;

test('standalone: the last line says ok, the report stands by itself, nothing is left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-tmp-'));
  const [file, report, temporary] = [join(folder, 'short.yaml'), join(folder, 'r.html'), join(folder, 'tmp')];
  await writeFile(file, scenario('30 s'));
  const { code, stdout, stderr } = await flood(['--scenario', file, '--report', report], folder, temporary);
  const line = JSON.parse(stdout.trim().split('\n').at(-1)!);
  expect(line, stderr).toMatchObject({ ok: true, published: 151, acknowledged: 151, stored: 151, lost: 0 });
  expect(line).toMatchObject({
    duplicated: 0,
    seed: 'short',
    alarms: { expected: 1, raised: 1, missed: 0, false: 0 },
  });
  expect(line.puback_p99_ms).toBeGreaterThan(0);
  expect(line.screen_max_ms).toBeGreaterThan(0);
  expect(code).toBe(0);
  const html = await readFile(report, 'utf8');
  expect(html).toContain('✔ 通过');
  expect(html).not.toMatch(/https?:\/\//);
  expect((await readdir(folder)).sort()).toEqual(['r.html', 'short.yaml']);
  await rm(folder, { recursive: true });
}, 180_000);

test('a budget that nobody can keep: ok false, code 1', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-tmp-'));
  const file = join(folder, 'short.yaml');
  await writeFile(file, scenario('0 ms'));
  const { code, stdout } = await flood(['--scenario', file], folder, folder);
  const line = JSON.parse(stdout.trim().split('\n').at(-1)!);
  expect(line).toMatchObject({ ok: false, lost: 0, stored: 151 });
  expect(line.budgets.filter(({ ok }: { ok: boolean }) => !ok)).toMatchObject([{ name: 'puback_max' }]);
  expect(code).toBe(1);
  await rm(folder, { recursive: true });
}, 180_000);

test('a scenario with faults: each with line and column, in both languages, before anything is started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-tmp-'));
  const file = join(folder, 'faulty.yaml');
  await writeFile(
    file,
    scenario('30 s').replace('rate: 50', 'rate: fast').replace('home, types', 'hme, types'),
  );
  const { code, stdout, stderr } = await flood(['--scenario', file], folder, folder);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: 'scenario' });
  expect(stderr).toContain(`${file}:11:`);
  expect(stderr).toContain('应为大于 0 的数');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** `temporary` is where it may put what it needs meanwhile; made, and gone when nothing is left in it. */
async function flood(args: string[], data: string, temporary: string): Promise<Ended> {
  if (temporary !== data) await mkdir(temporary);
  const ended = await new Promise<Ended>((resolve) => {
    const env = { ...process.env, FENGHUO_DATA: data, TMPDIR: temporary };
    const words = ['simulators/src/flood.ts', '--standalone', '--json', ...args];
    execFile(process.execPath, words, { cwd: project, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
  if (temporary !== data) await rmdir(temporary);
  return ended;
}
