import type { Client } from 'pg';
import { connectClient } from '../src/store/pool.ts';
import { History } from './history.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

export interface ToldHistory {
  web: TestWeb;
  history: History;
  /** Cookie of the county's administrator. */
  administrator: string;
  stop: () => Promise<void>;
}

/** A web and a history on one database. `prepare` puts there what must stand before the writer starts. */
export async function startToldHistory(prepare: (outside: Client) => Promise<unknown>): Promise<ToldHistory> {
  const web = await startTestWeb();
  const outside = await connectClient({ url: web.databaseUrl, name: 'outside' });
  await prepare(outside);
  const history = new History(web.databaseUrl, outside);
  await history.start();
  const stop = async () => {
    await history.stop();
    await outside.end();
    await web.stop();
  };
  return { web, history, administrator: await enter(web, 'administrator'), stop };
}
