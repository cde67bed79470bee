import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OwnAuthority } from './own-authority.ts';
import { namesOfStation, reachableAt } from './station-names.ts';

const day = 86_400_000;
let dataFolder: string;
let now: number;
beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'fenghuo-https-'));
  now = Date.now();
});
afterEach(() => rm(dataFolder, { recursive: true }));

const authorityOf = (names: string[] = ['localhost', '192.168.1.5', 'fd00::1f']) =>
  new OwnAuthority({
    ...{ dataFolder, county: '331081', names: () => names, clock: () => now },
    log: pino({ level: 'silent' }),
  });

test('first start → an authority and a certificate that it vouches for, good for these names and no others', async () => {
  const authority = authorityOf();
  const { cert } = await authority.read();
  const [root, server] = [new X509Certificate(authority.certificate), new X509Certificate(cert)];
  expect([root.ca, server.ca]).toEqual([true, false]);
  expect(server.checkIssued(root) && server.verify(root.publicKey) && root.verify(root.publicKey)).toBe(true);
  expect(['192.168.1.5', 'fd00::1f', '192.168.1.6'].map((ip) => server.checkIP(ip) !== undefined)).toEqual([
    true,
    true,
    false,
  ]);
  expect([server.checkHost('localhost'), server.checkHost('else')]).toEqual(['localhost', undefined]);
  expect(server.validToDate.getTime() - server.validFromDate.getTime()).toBe(397 * day);
  expect((await stat(path.join(dataFolder, 'https/authority.key'))).mode & 0o777).toBe(0o600);
});

test('started again → the same; another address → a new certificate of the same authority; a month before its end, too', async () => {
  const first = authorityOf();
  const { cert } = await first.read();
  const again = authorityOf();
  expect((await again.read()).cert.equals(cert)).toBe(true);
  const moved = authorityOf(['localhost', '10.0.0.9']);
  const after = await moved.read();
  expect(new X509Certificate(after.cert).checkIP('10.0.0.9')).toBe('10.0.0.9');
  now += 368 * day;
  expect((await authorityOf(['localhost', '10.0.0.9']).read()).cert.equals(after.cert)).toBe(false);
  expect([again.certificate, moved.certificate]).toEqual([first.certificate, first.certificate]);
});

test('killed between key and certificate of the station → a new pair; a damaged authority is told and not replaced', async () => {
  const { cert } = await authorityOf().read();
  await rm(path.join(dataFolder, 'https/server.crt'));
  expect((await authorityOf().read()).cert.equals(cert)).toBe(false);
  await truncate(path.join(dataFolder, 'https/authority.crt'), 40);
  await expect(authorityOf().read()).rejects.toMatchObject({ reason: 'folder' });
  expect((await readFile(path.join(dataFolder, 'https/authority.crt'), 'utf8')).length).toBe(40);
});

test('a station that keeps to its machine is reached by names that people gave it alone; everywhere, at its addresses', () => {
  const addresses = ['192.168.1.5', 'fd00::1f'];
  expect(reachableAt({ host: '127.0.0.1', further: '' }, addresses)).toEqual([]);
  expect(reachableAt({ host: '0.0.0.0', further: 'alarm.lan' }, addresses)).toEqual([
    'alarm.lan',
    ...addresses,
  ]);
  expect(reachableAt({ host: '10.0.0.9', further: '' }, addresses)).toEqual(['10.0.0.9']);
  expect(namesOfStation({ host: '0.0.0.0', further: 'alarm.lan, <x>' }, addresses)).toEqual(
    expect.arrayContaining(['127.0.0.1', 'alarm.lan', 'localhost', ...addresses]),
  );
  expect(namesOfStation({ host: '0.0.0.0', further: '<x>' }, addresses)).not.toContain('<x>');
});
