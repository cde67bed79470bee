import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Client } from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { LeaseKeeper } from '../src/engine/lease-keeper.ts';
import { connectClient } from '../src/store/pool.ts';
import { takeLease } from '../src/store/sql/take-lease.ts';
import { createTestDatabase } from './database.ts';
import { county, insertSmallCounty } from './small-county.ts';

/**
 * What becomes of who comes next, while a lease stands that was taken under this name: it has it at once, or is
 * told to wait, and has it when it runs out.
 */
async function comeAfter(name: string, { connected }: { connected: boolean }): Promise<'at once' | 'waits'> {
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  const holder = await connectClient({ url: database.appUrl, name: 'holder' });
  await insertSmallCounty(outside);
  await takeLease(holder, county, name);
  if (!connected) await disconnect(holder, outside);
  const waits = Promise.withResolvers<'waits'>();
  const keeper = new LeaseKeeper({
    connect: () => connectClient({ url: database.appUrl, name: 'next' }),
    ...{ county, holder: 'next', onLost: () => {} },
    log: pino({ level: 'info' }, { write: () => waits.resolve('waits') }),
  });
  const started = keeper.start();
  const outcome = await Promise.race([waits.promise, started.then(() => 'at once' as const)]);
  await outside.query('update fenghuo.writer_lease set expires_at = clock_timestamp() where epoch = 1');
  expect(await started).toBe(2);
  await keeper.stop();
  if (connected) await holder.end();
  await outside.end();
  await database.drop();
  return outcome;
}

/** Until the database has noticed. */
async function disconnect(holder: Client, outside: Client): Promise<void> {
  await holder.end();
  const there = `select from pg_stat_activity where application_name = 'holder' and datname = current_database()`;
  while ((await outside.query(there)).rowCount !== 0);
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

test.concurrent('the holder died on this machine: its lease is taken at once', async () => {
  expect(await comeAfter(`${hostname()}:${await deadProcess()}`, { connected: false })).toBe('at once');
});

test.concurrent('the holder lives, and only its connection is gone: its lease is waited for', async () => {
  expect(await comeAfter(`${hostname()}:${process.ppid}`, { connected: false })).toBe('waits');
});

test.concurrent('the holder’s connection lives, and its process is not one of ours: its lease is waited for', async () => {
  expect(await comeAfter(`${hostname()}:${await deadProcess()}`, { connected: true })).toBe('waits');
});

test.concurrent('the holder died elsewhere: its lease is waited for', async () => {
  expect(await comeAfter(`other:${await deadProcess()}`, { connected: false })).toBe('waits');
});
