import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MigrationFile {
  no: number;
  /** Such as `0001-registry.sql`. */
  name: string;
  text: string;
  /** SHA-256 of the text, in hex. */
  sha256: string;
}

export const migrationFolder = fileURLToPath(new URL('../../sql', import.meta.url));

/** The migrations of a folder in their order. Line ends are LF, however git checked the files out. */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const no = Number(name.slice(0, 4));
      if (no !== index + 1) throw new Error(`migration ${name} should have the number ${index + 1}`);
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { no, name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}
