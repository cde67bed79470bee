import { type FileHandle, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StartupError } from '../startup-error.ts';

/** Why a head was kept: a day began, the record grew by so much, so much time passed, the writer ended. */
const keptBecause = ['day', 'entries', 'age', 'stop'] as const;
export type KeptBecause = (typeof keptBecause)[number];

/**
 * A line of `<data folder>/audit-heads.ndjson`: where the record of the county ended at `at` (ms since 1970). Kept
 * outside of the database, so that rows cut off the end are missed; copies sent elsewhere are better still.
 */
const keptHead = z.object({
  county: z.string(),
  at: z.number(),
  no: z.int().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  because: z.enum(keptBecause),
});
export type KeptHead = z.infer<typeof keptHead>;

export function headsPath(dataFolder: string): string {
  return path.join(dataFolder, 'audit-heads.ndjson');
}

/** Appends a head; it is on the disk when this resolves. A line that a crash cut short is ended first. */
export async function appendHead(file: string, head: KeptHead): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const broken = await endsBroken(handle);
    await handle.appendFile(`${broken ? '\n' : ''}${JSON.stringify(head)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The heads of a county in a file; null when there is no such file. Lines cut short by a crash are passed over. Throws
 * a {@link StartupError} when a whole line is none: whoever bends the file must not get by with it.
 */
export async function readHeads(file: string, county: string): Promise<KeptHead[] | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartupError('folder', `${file} cannot be read: ${error.message}.`, { cause: error });
  });
  if (text === null) return null;
  const heads = text.split('\n').flatMap((line, i) => {
    const parsed = keptHead.safeParse(parseJson(line));
    if (parsed.success) return [parsed.data];
    if (!line.endsWith('}')) return [];
    throw new StartupError('folder', `${file} is damaged at line ${i + 1}.`);
  });
  return heads.filter((head) => head.county === county);
}

async function endsBroken(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
