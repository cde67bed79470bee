import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateEstate } from './generate-estate.ts';
import { readGeography } from './read-geography.ts';
import { prepareFolder, writeEstate } from './write-estate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-estate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const small = (seed: number) =>
  generateEstate({ seed, geography: readGeography(), detectors: 2_000, cameras: 500, buildings: 200 });

function hashes(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .sort()
      .map((path) => [
        path.slice(root.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );
}

test('the same seed writes the same bytes, another seed does not', async () => {
  const [first, second, third] = ['a', 'b', 'c'].map((name) => join(folder, 'deeper', name)) as [
    string,
    string,
    string,
  ];
  await writeEstate(small(331081), first);
  await writeEstate(small(331081), second);
  await writeEstate(small(331082), third);
  expect(Object.keys(hashes(first))).toEqual([
    'areas.ndjson',
    'base-map/PROVENANCE.md',
    'base-map/county.geojson',
    'base-map/land.geojson',
    'base-map/neighbours.geojson',
    'base-map/townships.geojson',
    'buildings.ndjson',
    'county.json',
    'devices.ndjson',
    'people.ndjson',
    'units.ndjson',
  ]);
  expect(hashes(second)).toEqual(hashes(first));
  expect(hashes(third)['devices.ndjson']).not.toBe(hashes(first)['devices.ndjson']);
});

test('what is read back is what was made', async () => {
  const estate = small(5);
  await writeEstate(estate, folder);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const rows = (name: string) =>
    read(`${name}.ndjson`)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  expect(JSON.parse(read('county.json'))).toEqual(estate.county);
  expect(rows('devices')).toEqual(estate.devices);
  expect(rows('units')).toEqual(estate.units);
});

test('a folder that is being written to has no county.json, so that half an estate is never taken for one', async () => {
  writeFileSync(join(folder, 'county.json'), '{}');
  await prepareFolder(folder);
  expect(readdirSync(folder)).toEqual(['base-map']);
});

test('a folder that cannot be made is refused with the error of the file system', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(prepareFolder(file)).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(prepareFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
