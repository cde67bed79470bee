import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../startup-error.ts';

const databaseFile = z.object({
  /** Folder of the cluster, relative to the data folder, or absolute when Postgres runs as a service user. */
  cluster: z.string().min(1),
  port: z.int().min(1).max(65535),
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
});
/** `database.json` of a data folder: where the embedded database is and how to get in. Mode 0600. */
export type DatabaseFile = z.infer<typeof databaseFile>;

const fileName = 'database.json';

export function newDatabaseFile({ cluster, port }: { cluster: string; port: number }): DatabaseFile {
  const password = () => randomBytes(24).toString('hex');
  return { cluster, port, ownerPassword: password(), appPassword: password() };
}

/** Null when the folder has none yet. */
export async function readDatabaseFile(folder: string): Promise<DatabaseFile | null> {
  const path = join(folder, fileName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const parsed = databaseFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new StartupError(
    'database-refused',
    `${path} is damaged, and with it the passwords of the database: restore the file, or move the data folder away to begin anew.`,
  );
}

/** Replaces the file as a whole: a crash leaves the old one or the new one. */
export async function writeDatabaseFile(folder: string, content: DatabaseFile): Promise<void> {
  const path = join(folder, fileName);
  await writeFile(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** The user of the running server; `migrate` makes it. */
export const appName = 'fenghuo_server';

/** Address of the embedded database, which `migrate` makes, as one of its users sees it. */
export function embeddedUrl(user: string, password: string, port: number): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/fenghuo`;
}

/** Where the embedded database of a data folder was last, for a program beside the server. */
export async function addressOfEmbedded(folder: string): Promise<string> {
  const file = await readDatabaseFile(folder);
  if (file === null)
    throw new StartupError('folder', `There is no database in ${folder}: name one with --database-url.`);
  return embeddedUrl(appName, file.appPassword, file.port);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
