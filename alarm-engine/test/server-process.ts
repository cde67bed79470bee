import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  pid: number;
  mqttPort: number;
  httpPort: number;
  /** For transmitters of buildings; null: not asked for. */
  gb26875Port: number | null;
  gb26875DrillPorts: number[];
  /** Signal or code with which it ended. */
  ended: Promise<NodeJS.Signals | number>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<NodeJS.Signals | number>;
  kill(): void;
}

const main = path.resolve(import.meta.dirname, '../src/main.ts');
/** Servers of tests load what one of them has compiled: 0.3 s of a core for each instead of 0.75 s. */
const compiled = path.resolve(import.meta.dirname, '../../node_modules/.cache/fenghuo-test');

/** Starts the real server as a process of its own; resolves when it is ready, rejects with its last words. */
export function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  return launchServer(environment).ready;
}

export interface LaunchedServer {
  ready: Promise<ServerProcess>;
  ended: ServerProcess['ended'];
}

/** As {@link startServer}, for one that may end before it is ready. */
export function launchServer(environment: Record<string, string>): LaunchedServer {
  const child = spawn(process.execPath, [main], {
    env: {
      ...ownEnvironment(),
      NODE_COMPILE_CACHE: compiled,
      FENGHUO_HTTP_PORT: '0',
      FENGHUO_MQTT_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const ready = readiness(child, ended).then((): ServerProcess => {
    const station = JSON.parse(readFileSync(path.join(environment.FENGHUO_DATA!, 'station.json'), 'utf8'));
    return { ...station, ended, stop, kill: () => child.kill('SIGKILL') };
  });
  return { ready, ended };
}

/** The environment of the test run without settings of a station that may run here. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FENGHUO_')));
}

function readiness(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const words: string[] = [];
  createInterface({ input: child.stderr! }).on('line', (line) => words.push(line));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      words.push(line);
      if (line.startsWith('[fenghuo] ready')) resolve();
    });
    void ended.then((end) =>
      reject(new Error(`the server ended with ${end}:\n${words.slice(-5).join('\n')}`)),
    );
  });
}
