import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { LeaseKeeper } from '../src/engine/lease-keeper.ts';
import { connectClient } from '../src/store/pool.ts';
import { takeLease } from '../src/store/sql/take-lease.ts';
import { createTestDatabase } from './database.ts';
import { county, insertSmallCounty } from './small-county.ts';

/** How long who comes next waits for a lease that was taken under this name, in ms. */
async function waitFor(name: string, { connected }: { connected: boolean }): Promise<number> {
  const database = await createTestDatabase();
  const holder = await connectClient({ url: database.ownerUrl, name: 'holder' });
  await insertSmallCounty(holder);
  await takeLease(holder, county, name);
  if (!connected) await holder.end();
  const begun = performance.now();
  const keeper = new LeaseKeeper({
    connect: () => connectClient({ url: database.appUrl, name: 'next' }),
    ...{ county, holder: 'next', log: pino({ level: 'silent' }), onLost: () => {} },
  });
  expect(await keeper.start()).toBe(2);
  const waited = performance.now() - begun;
  await keeper.stop();
  if (connected) await holder.end();
  await database.drop();
  return waited;
}

/** The lease stands for 4 s. */
const [soon, whole] = [2500, 3500];

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

test.concurrent('the holder died on this machine: its lease is taken at once', async () => {
  expect(await waitFor(`${hostname()}:${await deadProcess()}`, { connected: false })).toBeLessThan(soon);
});

test.concurrent('the holder lives, and only its connection is gone: its lease is waited for', async () => {
  expect(await waitFor(`${hostname()}:${process.ppid}`, { connected: false })).toBeGreaterThan(whole);
});

test.concurrent('the holder’s connection lives, and its process is not one of ours: its lease is waited for', async () => {
  expect(await waitFor(`${hostname()}:${await deadProcess()}`, { connected: true })).toBeGreaterThan(whole);
});

test.concurrent('the holder died elsewhere: its lease is waited for', async () => {
  expect(await waitFor(`other:${await deadProcess()}`, { connected: false })).toBeGreaterThan(whole);
});
