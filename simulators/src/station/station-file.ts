import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';

/** What a running server says of itself in `<data>/station.json`; gone when it has stopped in order. */
const stationFile = z.object({
  pid: z.int(),
  httpPort: z.int(),
  /** Null: MQTT with TLS only. */
  mqttPort: z.int().nullable(),
  county: z.string(),
  /** Where phones learn to trust it; absent: it has no authority of its own, or they cannot reach it. */
  trustUrl: z.string().optional(),
});
export type Station = z.infer<typeof stationFile>;

/** `<data>/accounts.json`: the passwords and secrets made at the first start. */
const accountsFile = z.object({
  accounts: z.array(z.object({ account: z.string(), role: z.string(), password: z.string() })),
  mqtt: z.array(z.object({ username: z.string(), secret: z.string(), use: z.string() })),
});
export type Accounts = z.infer<typeof accountsFile>;

/** MQTT credential that exists in a demo county and nowhere else; it may speak for every device. */
export const demoBridge = 'demo-bridge';

/** Where the data lies: `FENGHUO_DATA`, or `data` in the folder of the project. */
export function dataFolder(environment: NodeJS.ProcessEnv, projectFolder: string): string {
  return environment.FENGHUO_DATA || join(projectFolder, 'data');
}

/** Where a station is reached from this machine, given the address that it listens on. */
export function stationUrls(station: Station, host: string | undefined): { url: string; mqttUrl: string } {
  const everywhere = host === undefined || host === '' || host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  if (station.mqttPort === null)
    throw new Failure(
      'mqtt-refused',
      'This station speaks MQTT with TLS only; simulators need FENGHUO_MQTT_PORT.',
    );
  return { url: `http://${name}:${station.httpPort}`, mqttUrl: `mqtt://${name}:${station.mqttPort}` };
}

export function readStation(data: string): Promise<Station | null> {
  return readOwnFile(join(data, 'station.json'), stationFile);
}

export function readAccounts(data: string): Promise<Accounts | null> {
  return readOwnFile(join(data, 'accounts.json'), accountsFile);
}

/** Password of an account; a failure says which one is missing. */
export function passwordOf(accounts: Accounts, account: string): string {
  const found = accounts.accounts.find((it) => it.account === account);
  if (found === undefined) throw new Failure('not-demo', `There is no account ${account} in accounts.json.`);
  return found.password;
}

/** Secret of the {@link demoBridge}; a failure when the county is no demo. */
export function bridgeSecretOf(accounts: Accounts): string {
  const found = accounts.mqtt.find((it) => it.username === demoBridge);
  if (found === undefined)
    throw new Failure(
      'not-demo',
      `The county of this data folder is no demo: it has no credential ${demoBridge}.`,
    );
  return found.secret;
}

async function readOwnFile<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Failure('data-folder', `${file} cannot be read (${error.code}).`);
  });
  if (text === null) return null;
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new Failure('data-folder', `${file} is damaged; stop the server and start it again.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
