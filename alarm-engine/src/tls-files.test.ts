import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { TlsFiles, type TlsPair } from './tls-files.ts';

test('changed on disk → used; unusable or gone → logged, and looked at again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fenghuo-tls-'));
  const file = (name: string) => path.join(folder, name);
  const write = (cert: string, key: string) => {
    writeFileSync(file('cert'), cert);
    writeFileSync(file('key'), key);
  };
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line).msg) });
  const files = new TlsFiles({ cert: file('cert'), key: file('key'), log, everyMs: 5 });
  await expect(files.read()).rejects.toThrow(/A TLS file cannot be read/);
  write('cert 1', 'key 1');
  expect(String((await files.read()).cert)).toBe('cert 1');
  const used: string[] = [];
  files.watch(({ cert }: TlsPair) => {
    if (String(cert) === 'bad') throw new Error('unusable');
    used.push(String(cert));
  });
  write('cert 2', 'key 2');
  await expect.poll(() => used.at(-1)).toBe('cert 2');
  write('bad', 'key 2');
  await expect.poll(() => lines.at(-1)).toBe('the TLS files cannot be used; the certificate in use stays');
  write('cert 3', 'key 3');
  await expect.poll(() => used.at(-1)).toBe('cert 3');
  await files.stop();
  rmSync(folder, { recursive: true });
});
