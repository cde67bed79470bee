import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const project = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fenghuo-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program behind the guard in a Node that gives itself out as this version. */
function runAs(version: string) {
  const guise = join(folder, `node-${version}.cjs`);
  const versions = `{ ...process.versions, node: '${version}' }`;
  writeFileSync(guise, `Object.defineProperty(process, 'versions', { value: ${versions} });\n`);
  const args = ['--require', guise, '--require', './require-node-24.cjs', '--eval', 'console.log("started")'];
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
}

test.each(['18.20.8', '20.20.2', '22.22.0'])(
  'Node %s → one sentence, code 1, and nothing starts',
  (version) => {
    const { status, stdout, stderr } = runAs(version);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^Fenghuo needs Node 24 or newer, and this is Node ${version} .*\n$`));
  },
);

test.each(['24.0.0', '26.10.0'])('Node %s → starts', (version) => {
  expect(runAs(version)).toMatchObject({ status: 0, stdout: 'started\n', stderr: '' });
});

test.each(['demo', 'start', 'selftest'] as const)('npm run %s goes past the guard', (script) => {
  expect(manifest.scripts[script]).toMatch(/^node --require \.\/require-node-24\.cjs \S+\.ts$/);
});
