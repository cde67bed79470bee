import { readFile, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { Failure } from './failure.ts';

const databaseFile = z.object({
  cluster: z.string(),
  port: z.int(),
  ownerPassword: z.string(),
  appPassword: z.string(),
});
const lookMs = 50;
const patienceMs = 10_000;

/**
 * Removes the embedded database of a data folder that was only borrowed. A server that runs as root keeps it
 * outside the folder, where it would stay for good. Ends a postmaster that its server left behind.
 */
export async function removeEmbeddedDatabase(data: string): Promise<void> {
  const text = await readFile(join(data, 'database.json'), 'utf8').catch(() => null);
  if (text === null) return;
  const { cluster } = databaseFile.parse(JSON.parse(text));
  const folder = isAbsolute(cluster) ? cluster : join(data, cluster);
  await endPostmaster(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A connection that only reads: to the database that is named, or the embedded one of a running server. */
export async function connectToStation(data: string, databaseUrl: string | undefined): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl ?? (await addressOf(data)),
    options: '-c default_transaction_read_only=on',
  });
  await client.connect().catch((error: Error) => {
    throw new Failure('unreachable', `The database does not let us in: ${error.message}.`);
  });
  return client;
}

async function addressOf(data: string): Promise<string> {
  const text = await readFile(join(data, 'database.json'), 'utf8').catch(() => null);
  if (text === null)
    throw new Failure('no-station', `There is no database in ${data}: name one with --database-url.`);
  const { port, appPassword } = databaseFile.parse(JSON.parse(text));
  return `postgres://fenghuo_server:${appPassword}@127.0.0.1:${port}/fenghuo`;
}

/** The running embedded database of a data folder, as the server's role and as its owner; and its first process. */
export async function readDatabase(data: string) {
  const text = await readFile(join(data, 'database.json'), 'utf8');
  const { cluster, port, ownerPassword, appPassword } = databaseFile.parse(JSON.parse(text));
  const folder = isAbsolute(cluster) ? cluster : join(data, cluster);
  const postmaster = await readFile(join(folder, 'data/postmaster.pid'), 'utf8');
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/fenghuo`;
  return {
    databaseUrl: url('fenghuo_server', appPassword),
    ownerDatabaseUrl: url('fenghuo_owner', ownerPassword),
    postgresPid: Number(postmaster.split('\n')[0]),
  };
}

async function endPostmaster(cluster: string): Promise<void> {
  const file = await readFile(join(cluster, 'data/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  for (let waited = 0; waited < patienceMs && signal(pid, waited === 0 ? 'SIGQUIT' : 0); waited += lookMs)
    await pause(lookMs);
}

function signal(pid: number, kind: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, kind);
  } catch {
    return false;
  }
}
