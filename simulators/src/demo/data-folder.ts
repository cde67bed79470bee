import { constants } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EstateSize, estateMarker } from '../station/estate-process.ts';
import { Failure } from '../station/failure.ts';
import { demoBridge, readAccounts } from '../station/station-file.ts';

/** Makes the data folder, and refuses one that cannot be written or holds a real county. */
export async function openDataFolder(data: string): Promise<void> {
  await mkdir(data, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('data-folder', `The data folder ${data} cannot be made (${error.code}).`);
  });
  await access(data, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('data-folder', `The data folder ${data} cannot be written (${error.code}).`);
  });
  const accounts = await readAccounts(data);
  if (accounts === null || accounts.mqtt.some((credential) => credential.username === demoBridge)) return;
  if (accounts.accounts.some(({ account }) => account === 'crew')) return;
  throw new Failure(
    'not-demo',
    `The data folder ${data} holds a county that is no demo; set FENGHUO_DATA to another folder for the demo.`,
  );
}

/**
 * True when the folder holds a whole estate already. A size that was asked for and is not that of the estate
 * is refused: the database holds it too.
 */
export async function hasEstate(folder: string, asked: EstateSize): Promise<boolean> {
  const text = await readFile(join(folder, estateMarker), 'utf8').catch(() => null);
  if (text === null) return false;
  const made = JSON.parse(text) as EstateSize;
  const other = (['detectors', 'cameras', 'buildings'] as const).find(
    (what) => asked[what] !== undefined && asked[what] !== made[what],
  );
  if (other === undefined) return true;
  throw new Failure(
    'other-estate',
    `The data folder holds an estate of another size (${other}: ${made[other] ?? 'all of Wenling'}); set FENGHUO_DATA to another folder.`,
  );
}
