import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connectAsync, type MqttClient } from 'mqtt';
import { readDatabase, removeEmbeddedDatabase } from '../../simulators/src/station/embedded-database.ts';

const project = path.resolve(import.meta.dirname, '../..');

export interface DemoStation {
  url: string;
  mqttPort: number;
  account(name: string): { account: string; password: string };
  /** A connection as the demo's bridge, which may speak for every device. */
  mqtt: MqttClient;
  /** Ids of registered smoke detectors, those of one building beside each other. */
  smokeDetectors: { id: string; building: string; floor: number }[];
  /** Address of its database, for who owns the tables. */
  databaseUrl: string;
  /** Lets every device of the estate be heard once. */
  breathe(): Promise<void>;
  stop(): Promise<void>;
}

export interface DemoSize {
  detectors?: number;
  cameras?: number;
  buildings?: number;
}

/** Settings of the station besides the usual, such as a `FENGHUO_CAMERA_URL` of the test's own. */
export type DemoEnvironment = Record<string, string>;

/** What ends a script from outside. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A demo station of its own on free ports, in a temporary folder, without ambient life, so that what a test
 * does is all that happens. Sizes absent: all of Wenling. It is stopped and taken away too when this process is told to end,
 * and ends by itself where this process is killed.
 */
export async function startDemoStation(
  size: DemoSize = {},
  settings: DemoEnvironment = {},
): Promise<DemoStation> {
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-screen-'));
  const sizes = Object.entries(size).flatMap(([name, count]) => [`--${name}`, String(count)]);
  const demo = spawn(
    process.execPath,
    [path.join(project, 'simulators/src/demo.ts'), '--no-ambient', ...sizes],
    {
      env: {
        ...process.env,
        ...settings,
        FENGHUO_DATA: data,
        FENGHUO_HTTP_PORT: '0',
        FENGHUO_MQTT_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const gone = once(demo, 'exit');
  let leaving: Promise<void> | null = null;
  const leave = () => {
    leaving ??= takeAway(demo, gone, data);
    return leaving;
  };
  const told = () => void leave().finally(() => process.exit(130));
  for (const ending of endings) process.once(ending, told);
  await heard(
    createInterface({ input: demo.stdout! }),
    /^Alive after/,
    gone.then(() => leaving),
  );
  const station = JSON.parse(readFileSync(path.join(data, 'station.json'), 'utf8'));
  const secrets = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
  const { username, secret: password } = secrets.mqtt[0];
  const mqtt = await connectAsync(`mqtt://127.0.0.1:${station.mqttPort}`, { username, password });
  const devices = readFileSync(path.join(data, 'estate/devices.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    url: `http://127.0.0.1:${station.httpPort}`,
    mqttPort: station.mqttPort,
    account: (name) => secrets.accounts.find((one: { account: string }) => one.account === name),
    mqtt,
    databaseUrl: (await readDatabase(data)).ownerDatabaseUrl,
    smokeDetectors: devices.filter((device) => device.type === 'smoke'),
    async breathe() {
      for (const [i, { id }] of devices.entries()) {
        const heartbeat = mqtt.publishAsync(`fenghuo/v1/331081/${id}/heartbeat`, '{}', {
          qos: i % 500 === 0 ? 1 : 0,
        });
        if (i % 500 === 0) await heartbeat;
      }
    },
    async stop() {
      await mqtt.endAsync();
      await leave();
      for (const ending of endings) process.off(ending, told);
    },
  };
}

async function takeAway(demo: ChildProcess, gone: Promise<unknown>, data: string): Promise<void> {
  demo.kill('SIGINT');
  await gone;
  await removeEmbeddedDatabase(data);
  rmSync(data, { recursive: true, force: true });
}

function heard(lines: AsyncIterable<string>, wanted: RegExp, gone: Promise<unknown>): Promise<void> {
  const listen = async () => {
    for await (const line of lines) if (wanted.test(line)) return;
    await gone;
    throw new Error('the demo ended before it was alive');
  };
  return listen();
}
