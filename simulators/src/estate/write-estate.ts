import { copyFile, mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Estate } from './generate-estate.ts';
import { wenlingFolder } from './read-geography.ts';

/** Base maps of an estate folder, and the file of the geography that each is copied from. */
const baseMaps: readonly (readonly [name: string, source: string])[] = [
  ['land.geojson', 'land.geojson'],
  ['county.geojson', 'county.geojson'],
  ['neighbours.geojson', 'neighbours.geojson'],
  ['townships.geojson', 'townships.schematic.geojson'],
  ['PROVENANCE.md', 'PROVENANCE.md'],
];

/** Characters that are gathered before a write. */
const chunkLength = 1 << 20;

/**
 * Writes the folder that `contracts/src/estate.ts` describes. `county.json` goes first and comes back last: a
 * folder that has it is whole. Rejects with the file system's error when the folder cannot be written.
 */
export async function writeEstate(
  estate: Estate,
  folder: string,
  { geographyFolder = wenlingFolder, onStage = () => {} }: WriteOptions = {},
): Promise<void> {
  await prepareFolder(folder);
  const { county, ...lists } = estate;
  for (const [name, rows] of Object.entries(lists)) {
    onStage(`write ${name}`);
    await writeRows(join(folder, `${name}.ndjson`), rows);
  }
  for (const [name, source] of baseMaps)
    await copyFile(join(geographyFolder, source), join(folder, 'base-map', name));
  await writeFile(join(folder, 'county.json'), `${JSON.stringify(county, null, 2)}\n`);
}

export interface WriteOptions {
  geographyFolder?: string;
  /** Told before each file, for whoever waits. */
  onStage?: (stage: string) => void;
}

/** Makes the folder if need be and declares it unfinished; rejects when nobody may write there. */
export async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(join(folder, 'base-map'));
  await rm(join(folder, 'county.json'), { force: true });
}

/** Node's own recursive mkdir never returns where a parent exists but takes no folders, such as /proc. */
async function makeFolder(path: string): Promise<void> {
  const failed = await makeOne(path);
  if (failed === null) return;
  if (failed.code !== 'ENOENT' || dirname(path) === path) throw failed;
  await makeFolder(dirname(path));
  const again = await makeOne(path);
  if (again !== null) throw again;
}

/** Null when the folder is there now. */
async function makeOne(path: string): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(path);
    return null;
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    return failure.code === 'EEXIST' && (await stat(path)).isDirectory() ? null : failure;
  }
}

async function writeRows(path: string, rows: readonly unknown[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    let chunk = '';
    for (const row of rows) {
      chunk += `${JSON.stringify(row)}\n`;
      if (chunk.length < chunkLength) continue;
      await file.write(chunk);
      chunk = '';
    }
    await file.write(chunk);
  } finally {
    await file.close();
  }
}
