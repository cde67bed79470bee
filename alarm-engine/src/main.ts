import pino from 'pino';
import { App } from './app.ts';
import { readSettings, type Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';

/**
 * `npm start`: one station. Ctrl-C or SIGTERM drains and stops it, a second one ends it at once. What cannot be
 * started says why in one sentence and ends with code 1.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const app = new App({
    settings,
    log: openLog(settings),
    tell: (sentence) => console.log(`[fenghuo] ${sentence}`),
  });
  stopOnSignal(app);
  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw error;
  }
}

function openLog({ FENGHUO_LOG_LEVEL: level }: Settings): pino.Logger {
  const pretty = process.stdout.isTTY
    ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
    : {};
  return pino({ level, ...pretty });
}

function stopOnSignal(app: App): void {
  let asked = false;
  const stop = () => {
    if (asked) process.exit(130);
    asked = true;
    void app.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  if (error instanceof StartupError) console.error(error.message);
  else console.error(error);
  process.exit(1);
});
