import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('estate.ts', import.meta.url));
const run = (...options: string[]) =>
  spawnSync(process.execPath, [program, ...options], { encoding: 'utf8', timeout: 30_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-estate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes an estate and says in one line what it holds', () => {
  const out = join(folder, 'estate');
  const { status, stdout } = run('--out', out, '--detectors', '200', '--cameras', '50', '--buildings', '20');
  expect(stdout).toMatch(/^.+: \d+ areas, 20 buildings, 250 devices, \d+ units, \d+ people in [\d.]+ s\n$/);
  expect(status).toBe(0);
  expect(readdirSync(out)).toContain('county.json');
}, 30_000);

test.each([
  ['a folder that cannot be made', (file: string) => ['--out', file]],
  ['no folder', () => []],
  ['an unknown option', () => ['--out', 'x', '--streets', '4']],
  ['a number that is none', () => ['--out', 'x', '--seed', 'many']],
  ['a number out of bounds', () => ['--out', 'x', '--buildings', '0']],
])(
  '%s: one sentence and exit code 1',
  (_case, options) => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { status, stdout, stderr } = run(...options(file));
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toContain('    at ');
    expect([status, stdout]).toEqual([1, '']);
  },
  30_000,
);
