import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { roles } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { StartupError } from '../startup-error.ts';

/** What was made at the first start and is told to people once: `<data folder>/accounts.json`, mode 0600. */
const secretsFile = z.object({
  accounts: z.array(z.object({ account: z.string(), role: z.enum(roles), password: z.string() })),
  /** `use` says in words what the credential is for. */
  mqtt: z.array(z.object({ username: z.string(), secret: z.string(), use: z.string() })),
});
export type SecretsFile = z.infer<typeof secretsFile>;

export function secretsPath(dataFolder: string): string {
  return join(dataFolder, 'accounts.json');
}

/** The secrets of this folder; empty lists when none were written yet. */
export async function readSecrets(dataFolder: string): Promise<SecretsFile> {
  const path = secretsPath(dataFolder);
  const text = await readIfThere(path);
  if (text === null) return { accounts: [], mqtt: [] };
  const parsed = secretsFile.safeParse(parseJson(text));
  if (!parsed.success)
    throw new StartupError('folder', `${path} is damaged. Restore it from a backup, or move it away.`);
  return parsed.data;
}

/** Replaces the file in one step: after a crash it holds the old secrets or the new ones, never half. */
export async function writeSecrets(dataFolder: string, secrets: SecretsFile): Promise<void> {
  await writePrivately(secretsPath(dataFolder), `${JSON.stringify(secrets, null, 2)}\n`);
}

/**
 * The key under which session tokens and device secrets are hashed: 32 random bytes in
 * `<data folder>/server.key`, mode 0600, made at the first start. Whoever loses it signs everybody out and
 * must give every device a new secret, so it belongs in the backup.
 */
export async function readOrMakeServerKey(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'server.key');
  const text = await readIfThere(path);
  if (text === null) {
    const made = randomBytes(32);
    await writePrivately(path, `${made.toString('hex')}\n`);
    return made;
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    throw new StartupError(
      'folder',
      `${path} is damaged: it should hold 64 hexadecimal digits. Restore it from a backup.`,
    );
  return Buffer.from(text.trim(), 'hex');
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartupError('folder', `${path} cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

async function writePrivately(path: string, text: string): Promise<void> {
  try {
    await mkdir(join(path, '..'), { recursive: true });
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new StartupError('folder', `${path} cannot be written: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
