import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrMakeServerKey, readSecrets, secretsPath, writeSecrets } from './secrets-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const secrets = {
  accounts: [{ account: 'wall', role: 'wall' as const, password: 'a-b-c' }],
  mqtt: [{ username: 'demo-bridge', secret: 's', use: 'simulators' }],
};
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('secrets are for their owner only, also where a wider file lay', async () => {
  expect(await readSecrets(folder)).toEqual({ accounts: [], mqtt: [] });
  await writeSecrets(folder, secrets);
  await chmod(secretsPath(folder), 0o644);
  await writeSecrets(folder, secrets);
  expect(await readSecrets(folder)).toEqual(secrets);
  expect(await modeOf(secretsPath(folder))).toBe(0o600);
});

test('the server key is made once, 32 bytes, for its owner only', async () => {
  const key = await readOrMakeServerKey(join(folder, 'made/by/need'));
  expect(key).toHaveLength(32);
  expect(await readOrMakeServerKey(join(folder, 'made/by/need'))).toEqual(key);
  expect(await modeOf(join(folder, 'made/by/need/server.key'))).toBe(0o600);
  expect(await readOrMakeServerKey(folder)).not.toEqual(key);
});

test('what is damaged is said in one sentence and left as it is', async () => {
  await writeFile(secretsPath(folder), '{"accounts":');
  await writeFile(join(folder, 'server.key'), 'abc');
  await expect(readSecrets(folder)).rejects.toMatchObject({
    reason: 'folder',
    message: /accounts\.json is damaged/,
  });
  await expect(readOrMakeServerKey(folder)).rejects.toMatchObject({
    reason: 'folder',
    message: /server\.key/,
  });
  expect(await readFile(join(folder, 'server.key'), 'utf8')).toBe('abc');
});

test('a folder that is a file is said in one sentence', async () => {
  await writeFile(join(folder, 'data'), '');
  await expect(readOrMakeServerKey(join(folder, 'data'))).rejects.toMatchObject({ reason: 'folder' });
});
