import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { StartupError } from '../src/startup-error.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';

/**
 * A server that is nothing but its database, for tests that must kill one: starts the embedded Postgres in
 * the folders of its arguments, says in a JSON line how that went, and stops it when it reads `stop`.
 */
const [folder, systemFolder] = process.argv.slice(2);
const say = (what: unknown) => console.log(JSON.stringify(what));
const log = pino({ level: 'silent' });

try {
  const { stop, ...up } = await startEmbeddedPostgres({ folder: folder!, systemFolder: systemFolder!, log });
  say(up);
  for await (const line of createInterface({ input: process.stdin })) if (line === 'stop') break;
  await stop();
  process.exit(0);
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  say({ reason: error.reason, sentence: error.message });
  process.exit(1);
}
