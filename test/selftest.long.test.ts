import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('standalone: its own server, one line that says ok, and nothing left', async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'fenghuo-tmp-'));
  const { code, stdout, stderr } = await selftest(['--standalone'], { TMPDIR: temporary });
  expect(stdout.trim().split('\n'), stderr).toHaveLength(1);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ ok: true, case_code: expect.stringMatching(/^D[A-Z]{2}-/) });
  expect(result.published_to_puback_ms).toBeGreaterThan(0);
  expect(result.published_to_screen_ms).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(await readdir(temporary)).toEqual([]);
  await rm(temporary, { recursive: true });
}, 180_000);

test('no server on the data folder: ok false with the reason, code 1', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'fenghuo-tmp-'));
  const { code, stdout } = await selftest([], { FENGHUO_DATA: empty });
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: 'no-station' });
  expect(code).toBe(1);
  await rm(empty, { recursive: true });
});

test('a server that does not answer: ok false, code 1, no stack trace', async () => {
  const { code, stdout, stderr } = await selftest(['--url', 'http://127.0.0.1:9'], {
    FENGHUO_ACCOUNT: 'tester',
    FENGHUO_PASSWORD: 'x',
  });
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: 'unreachable' });
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function selftest(args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: project, env: { ...process.env, ...env } };
    execFile(process.execPath, ['simulators/src/selftest.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
