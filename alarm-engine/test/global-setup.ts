import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { withDatabase } from '../src/store/connection-failure.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { connectClient } from '../src/store/pool.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** What test files are told of the database server of this run. */
export interface TestServer {
  /** A superuser's address of the migrated template. */
  ownerUrl: string;
  /** The same for the user of a running server. */
  appUrl: string;
  /** Name of the migrated template. */
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const log = pino({ level: 'silent' });

/**
 * One database server for the whole run: the embedded Postgres in a temporary folder, or, with
 * `FENGHUO_TEST_DATABASE_URL` (a superuser's address), any server. It starts only when a file of this project
 * runs.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const address = process.env.FENGHUO_TEST_DATABASE_URL;
  const server = address === undefined ? await startOwnServer() : useServer(address);
  const template = `fenghuo_template_${randomBytes(4).toString('hex')}`;
  const [ownerUrl, appUrl] = [withDatabase(server.ownerUrl, template), withDatabase(server.appUrl, template)];
  await migrate({ ownerUrl, appUrl, log });
  project.provide('testServer', { ownerUrl, appUrl, template });
  return server.stop.bind(null, template);
}

interface OwnServer {
  ownerUrl: string;
  appUrl: string;
  stop(template: string): Promise<void>;
}

async function startOwnServer(): Promise<OwnServer> {
  const folder = makeTemporaryFolder();
  const places = { folder: join(folder.path, 'data'), systemFolder: join(folder.path, 'system') };
  const { ownerUrl, appUrl, stop } = await startEmbeddedPostgres({ ...places, log });
  return {
    ownerUrl,
    appUrl,
    async stop() {
      await stop();
      await folder.remove();
    },
  };
}

/** A login of this run's own, so that two runs on one server do not share a password. */
function useServer(address: string): OwnServer {
  const app = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  const appUrl = new URL(address);
  [appUrl.username, appUrl.password] = [app, randomBytes(12).toString('hex')];
  return {
    ownerUrl: address,
    appUrl: appUrl.href,
    async stop(template) {
      const owner = await connectClient({ url: address, name: 'fenghuo test' });
      await owner.query(`drop database ${template} with (force)`);
      await owner.query(`drop role ${app}`);
      await owner.end();
    },
  };
}
