import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connectClient } from '../src/store/pool.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** How a database goes away: its processes stand still and all connections with them, or they are killed. */
export type Absence = 'stopped' | 'killed';

export interface OwnDatabase extends AsyncDisposable {
  ownerUrl: string;
  appUrl: string;
  goAway(how: Absence): Promise<void>;
  comeBack(): Promise<void>;
}

const script = path.join(import.meta.dirname, 'database-process.ts');

/** A database server of a test's own, that can be taken away from under a station and given back. */
export async function startOwnDatabase(): Promise<OwnDatabase> {
  const folder = makeTemporaryFolder();
  let keeper: ChildProcess;
  const start = async () => {
    const folders = [path.join(folder.path, 'data'), path.join(folder.path, 'system')];
    keeper = spawn(process.execPath, [script, ...folders], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: keeper.stdout! }), 'line')) as [string];
    return JSON.parse(line) as { ownerUrl: string; appUrl: string; clusterFolder: string };
  };
  const { ownerUrl, appUrl, clusterFolder } = await start();
  const postmaster = () =>
    Number(readFileSync(path.join(clusterFolder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  let still: number[] = [];
  return {
    ownerUrl,
    appUrl,
    async goAway(how) {
      still = [postmaster(), ...(await processesOf(ownerUrl))];
      if (how === 'killed') keeper.kill('SIGKILL');
      signal(still, how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
      if (how === 'killed') still = [];
    },
    async comeBack() {
      if (still.length > 0) signal(still, 'SIGCONT');
      else await start();
    },
    async [Symbol.asyncDispose]() {
      signal(still, 'SIGCONT');
      await folder.remove();
      keeper.kill('SIGKILL');
    },
  };
}

/** Every process of the server but the postmaster, this connection's too. */
async function processesOf(ownerUrl: string): Promise<number[]> {
  const client = await connectClient({ url: ownerUrl.replace(/\/[^/]*$/, '/postgres'), name: 'outside' });
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity');
  await client.end();
  return rows.map(({ pid }) => pid);
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const pid of processes)
    try {
      process.kill(pid, name);
    } catch {}
}
