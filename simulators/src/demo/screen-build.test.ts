import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isScreenFresh, sourceDigest } from './screen-build.ts';

let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'fenghuo-build-'));
  for (const folder of ['contracts/src', 'screen/src/map', 'screen/dist'])
    await mkdir(join(project, folder), { recursive: true });
  await write('screen/src/map/points.ts', 'export const a = 1;');
  await write('screen/index.html', '<html>');
});
afterEach(() => rm(project, { recursive: true }));

test('fresh while nothing changed, stale once a source did', async () => {
  const digest = await sourceDigest(project);
  expect(await isScreenFresh(project, digest)).toBe(false);
  await write('screen/dist/index.html', '<html>');
  await write('screen/dist/built-from.json', JSON.stringify({ digest }));
  expect(await isScreenFresh(project, await sourceDigest(project))).toBe(true);
  await write('screen/src/map/points.ts', 'export const a = 2;');
  expect(await isScreenFresh(project, await sourceDigest(project))).toBe(false);
});

test('a new file makes it stale, a test does not', async () => {
  const digest = await sourceDigest(project);
  await write('screen/src/map/points.test.ts', 'test');
  expect(await sourceDigest(project)).toBe(digest);
  await write('contracts/src/words.ts', 'words');
  expect(await sourceDigest(project)).not.toBe(digest);
});

test('a folder emptied of its page is not fresh, whatever its stamp says', async () => {
  const digest = await sourceDigest(project);
  await write('screen/dist/built-from.json', JSON.stringify({ digest }));
  expect(await isScreenFresh(project, digest)).toBe(false);
});

function write(file: string, text: string): Promise<void> {
  return writeFile(join(project, file), text);
}
