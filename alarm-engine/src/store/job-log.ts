import { type LogFunctionFactory, Logger } from 'graphile-worker';
import type { Logger as Log } from 'pino';

/** A job that must be tried again is an error to graphile-worker, and every day's business to us. */
const levels = { error: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** The log of graphile-worker in ours. */
export function jobLog(log: Log): Logger {
  const factory: LogFunctionFactory = () => (level, message) => log[levels[level]](`jobs: ${message}`);
  return new Logger(factory);
}
