import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filtersOf } from '@fenghuo/gateway/codecs/codec-registry.ts';
import { z } from 'zod';
import { readRoleMap } from './access/oidc-claims.ts';
import { StartupError } from './startup-error.ts';

const port = z.coerce.number('a port from 0 to 65535').int('a port from 0 to 65535').min(0).max(65535);
/** Each is a listener of its own. */
const mostPorts = 64;
const portList = z
  .string()
  .transform((text) => text.split(',').flatMap(portsOf))
  .refine(
    (ports) => ports.length <= mostPorts && ports.every((one) => port.safeParse(one).success),
    `ports and stretches of them with commas between, such as 26881-26884; ${mostPorts} at most`,
  );

/**
 * Everything that the server reads from its environment, with its default. Of the settings marked secret a
 * `…_FILE` names a file that holds the value (Docker and systemd secrets).
 */
const schema = z.object({
  /** Where passwords, keys and the embedded database are kept. */
  FENGHUO_DATA: z
    .string()
    .min(1)
    .default(path.resolve(import.meta.dirname, '../../data')),
  /** Address to listen on. 127.0.0.1 keeps the station to this machine. */
  FENGHUO_HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of web and socket; 0 takes any free one. */
  FENGHUO_HTTP_PORT: port.default(8080),
  /** Port of the MQTT endpoint; 0 takes any free one, `off` leaves TLS alone to be spoken. */
  FENGHUO_MQTT_PORT: z.union([z.literal('off').transform(() => null), port]).default(1883),
  /** PEM files with which the MQTT endpoint speaks TLS, too; both or none. Changed ones are picked up in a minute. */
  FENGHUO_MQTT_TLS_CERT: z.string().optional(),
  FENGHUO_MQTT_TLS_KEY: z.string().optional(),
  /** Port of the MQTT endpoint with TLS; 0 takes any free one. Without a certificate it means nothing. */
  FENGHUO_MQTT_TLS_PORT: port.default(8883),
  /** An external broker at which devices are heard too: `mqtt://host` or `mqtts://host`, with a port if need be. */
  FENGHUO_BROKER_URL: z
    .url({ protocol: /^mqtts?$/, error: 'mqtt://host:port or mqtts://host:port' })
    .refine(namesOnlyAHost, 'mqtt://host:port or mqtts://host:port, and nothing else in it')
    .optional(),
  /** Who the server is to the broker; the password is secret. */
  FENGHUO_BROKER_USERNAME: z.string().optional(),
  FENGHUO_BROKER_PASSWORD: z.string().optional(),
  /** Stays the same for good: the broker keeps under it what comes while the server is away. */
  FENGHUO_BROKER_CLIENT_ID: z.string().min(1).optional(),
  /** PEM file of who vouches for the broker's certificate; without it, those whom Node trusts. */
  FENGHUO_BROKER_TLS_CA: z.string().optional(),
  /** Foreign dialects that are heard at the broker too, such as `zigbee2mqtt,frigate,stat/#`; see docs/dialects.md. */
  FENGHUO_BROKER_DIALECTS: z
    .string()
    .transform((text) => filtersOf(text.split(',').map((one) => one.trim())))
    .refine((filters) => filters !== null, 'names of dialects, or topic filters, with commas between')
    .optional(),
  /** Port for transmitters of buildings (GB/T 26875.3 over TCP); 0 takes any free one. Absent: none. */
  FENGHUO_GB26875_PORT: port.optional(),
  /** The same for drills, such as `26881-26884`: each drill has one of its own while it runs, and nothing live hears it. */
  FENGHUO_GB26875_DRILL_PORTS: portList.optional(),
  /** Runtime connection (secret). Absent: the embedded Postgres. */
  FENGHUO_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Connection that owns the schema and migrates it (secret). Goes with FENGHUO_DATABASE_URL. */
  FENGHUO_OWNER_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** `auto`: a new database is made on TimescaleDB where the server brings it. One that is there stays as it is. */
  FENGHUO_TIMESCALE: z.enum(['auto', 'off']).default('auto'),
  /** For how many days events are kept. At least 62: a device may deliver late by 30. */
  FENGHUO_EVENT_DAYS: z.coerce.number().int().min(62, 'a number of days from 62').max(36_500).default(400),
  /** For how many days the steps of alarms are kept. Alarms, incidents and tickets are kept for good. */
  FENGHUO_TRANSITION_DAYS: z.coerce
    .number()
    .int()
    .min(62, 'a number of days from 62')
    .max(36_500)
    .default(1830),
  /** Code of the county that this server works for. */
  FENGHUO_COUNTY: z
    .string()
    .regex(/^\d{6}$/, 'six digits')
    .default('331081'),
  /** Folder to import the estate from when the county is not there yet. */
  FENGHUO_ESTATE: z.string().optional(),
  /** Rulebook that is taken in whenever it changes. Absent: `rulebook.yaml` in the data folder, if there is one. */
  FENGHUO_RULEBOOK: z.string().min(1).optional(),
  /** Workflow of tickets: `wenling`, `case-file`, `registration`, `dispatch`, or a file. Absent: the one in force stays. */
  FENGHUO_WORKFLOW: z.string().min(1).optional(),
  /** Time zone of the county: days of case codes and of today's figures. */
  FENGHUO_TIME_ZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine(isTimeZone, 'a time zone such as Asia/Shanghai'),
  /** Where the live playlist (HLS) of a camera is, `{camera}` for its id, unless the registry gives it an address. */
  FENGHUO_CAMERA_URL: z
    .string()
    .refine(isCameraTemplate, 'http(s)://…, with {camera} in its path')
    .optional(),
  /** Seconds in which every camera is looked at once, such as 180; absent: never. What it costs: docs/cameras.md. */
  FENGHUO_CAMERA_SCAN: z.coerce.number('seconds from 10').min(10, 'seconds from 10').max(86_400).optional(),
  /** Time compression of simulated life, shown on the wall. */
  FENGHUO_DEMO_TIME_FACTOR: z.coerce.number().positive().optional(),
  /**
   * Who speaks https: `own`, the server on its web port, with an authority that it makes for itself and phones are brought to trust at
   * `/trust`; `certificate`, with one of yours; `proxy`, one in front, whose word on addresses is taken; `off`, nobody.
   */
  FENGHUO_HTTPS: z.enum(['off', 'own', 'certificate', 'proxy']).default('off'),
  /** PEM files of FENGHUO_HTTPS=certificate; both. Changed ones are picked up in a minute. */
  FENGHUO_HTTPS_CERT: z.string().optional(),
  FENGHUO_HTTPS_KEY: z.string().optional(),
  /** Further names of this station for FENGHUO_HTTPS=own, with commas between: `alarm.lan,10.0.0.5`. */
  FENGHUO_HTTPS_NAMES: z.string().default(''),
  /** Address that messages for people are posted to, see contracts/src/deliveries.ts (secret). Absent: none leave the house. */
  FENGHUO_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs what is posted there (secret). Goes with FENGHUO_WEBHOOK_URL. */
  FENGHUO_WEBHOOK_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  /** Identity provider at which people may sign in too (OpenID Connect), as it calls itself; https, or this machine. */
  FENGHUO_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isSafeIssuer, 'https://…, or http:// of this machine')
    .optional(),
  /** Who this server is to the provider; the secret is secret, and absent for a public client. */
  FENGHUO_OIDC_CLIENT_ID: z.string().min(1).optional(),
  FENGHUO_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Origin under which browsers reach the server; the provider is told its `/api/v1/oidc/callback`. */
  FENGHUO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whom of the provider we take for what, the first that fits: `captains=commander,desk=dispatcher`. */
  FENGHUO_OIDC_ROLES: z
    .string()
    .refine((text) => readRoleMap(text) !== null, 'their role=our role, separated by commas')
    .optional(),
  /** Claims that name the account, list the roles, and (absent: the whole county) name the area. */
  FENGHUO_OIDC_ACCOUNT_CLAIM: z.string().min(1).default('preferred_username'),
  FENGHUO_OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  FENGHUO_OIDC_AREA_CLAIM: z.string().min(1).optional(),
  FENGHUO_OIDC_SCOPE: z.string().min(1).default('openid profile'),
  FENGHUO_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Tests only: where to end with SIGKILL, see `engine/failpoint.ts`. */
  FENGHUO_FAILPOINT: z.string().optional(),
});

export type Settings = z.infer<typeof schema>;

/** Names of all settings, for the test that holds compose files and documents against them. */
export const settingNames: readonly string[] = Object.keys(schema.shape);
export const secretSettings: readonly string[] = [
  'FENGHUO_DATABASE_URL',
  'FENGHUO_OWNER_DATABASE_URL',
  'FENGHUO_WEBHOOK_URL',
  'FENGHUO_WEBHOOK_SECRET',
  'FENGHUO_BROKER_PASSWORD',
  'FENGHUO_OIDC_CLIENT_SECRET',
];

/** Reads the settings. Throws a {@link StartupError} with one sentence naming the wrong one. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('FENGHUO_') && value !== undefined && value !== '') given[name] = value;
  for (const name of secretSettings) readSecretFile(given, name);
  const unknown = Object.keys(given).find((name) => !isKnown(name));
  if (unknown !== undefined) throw new StartupError('setting', `There is no setting ${unknown}.`);
  const result = schema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const name = issue.path.join('.');
    const value = secretSettings.includes(name) ? '' : ` (${given[name]})`;
    throw new StartupError('setting', `The setting ${name}${value} is wrong: ${issue.message}.`);
  }
  requireTogether(result.data, 'FENGHUO_DATABASE_URL', 'FENGHUO_OWNER_DATABASE_URL');
  requireTogether(result.data, 'FENGHUO_WEBHOOK_URL', 'FENGHUO_WEBHOOK_SECRET');
  requireTogether(result.data, 'FENGHUO_MQTT_TLS_CERT', 'FENGHUO_MQTT_TLS_KEY');
  requireTogether(result.data, 'FENGHUO_HTTPS_CERT', 'FENGHUO_HTTPS_KEY');
  if ((result.data.FENGHUO_HTTPS === 'certificate') !== (result.data.FENGHUO_HTTPS_CERT !== undefined))
    throw new StartupError(
      'setting',
      'FENGHUO_HTTPS=certificate goes with FENGHUO_HTTPS_CERT and FENGHUO_HTTPS_KEY.',
    );
  if (result.data.FENGHUO_MQTT_PORT === null && result.data.FENGHUO_MQTT_TLS_CERT === undefined)
    throw new StartupError(
      'setting',
      'FENGHUO_MQTT_PORT is off, and there is no FENGHUO_MQTT_TLS_CERT either.',
    );
  for (const name of ofProvider) requireTogether(result.data, 'FENGHUO_OIDC_ISSUER', name);
  requireBeside(result.data, 'FENGHUO_OIDC_CLIENT_SECRET', 'FENGHUO_OIDC_ISSUER');
  requireBeside(result.data, 'FENGHUO_OIDC_AREA_CLAIM', 'FENGHUO_OIDC_ISSUER');
  for (const name of ofBroker) requireBeside(result.data, name, 'FENGHUO_BROKER_URL');
  requireBeside(result.data, 'FENGHUO_BROKER_PASSWORD', 'FENGHUO_BROKER_USERNAME');
  return result.data;
}

/** Variables of the tools around the server, which it does not read itself. */
const ofTools = ['FENGHUO_TEST_DATABASE_URL', 'FENGHUO_ACCOUNT', 'FENGHUO_PASSWORD'];

function isKnown(name: string): boolean {
  return settingNames.includes(name) || ofTools.includes(name);
}

function readSecretFile(given: Record<string, string>, name: string): void {
  const file = given[`${name}_FILE`];
  if (file === undefined) return;
  delete given[`${name}_FILE`];
  try {
    given[name] = readFileSync(file, 'utf8').trim();
  } catch {
    throw new StartupError('setting', `The file ${file} that ${name}_FILE names cannot be read.`);
  }
}

function requireTogether(settings: Settings, first: keyof Settings, second: keyof Settings): void {
  if ((settings[first] === undefined) === (settings[second] === undefined)) return;
  throw new StartupError(
    'setting',
    `The settings ${first} and ${second} go together; one of them is missing.`,
  );
}

const ofBroker = [
  'FENGHUO_BROKER_USERNAME',
  'FENGHUO_BROKER_PASSWORD',
  'FENGHUO_BROKER_CLIENT_ID',
  'FENGHUO_BROKER_TLS_CA',
  'FENGHUO_BROKER_DIALECTS',
] as const;

const ofProvider = ['FENGHUO_OIDC_CLIENT_ID', 'FENGHUO_PUBLIC_URL', 'FENGHUO_OIDC_ROLES'] as const;

function requireBeside(settings: Settings, name: keyof Settings, needed: keyof Settings): void {
  if (settings[name] === undefined || settings[needed] !== undefined) return;
  throw new StartupError('setting', `The setting ${name} means nothing without ${needed}, which is missing.`);
}

/** User and password have settings of their own, which no log and no process list shows. */
function namesOnlyAHost(url: string): boolean {
  const { username, password, hostname, pathname, search, hash } = new URL(url);
  return (
    hostname !== '' && [username, password, search, hash].every((part) => part === '') && pathname.length < 2
  );
}

/** The host is fixed: no id of a camera can send the server elsewhere. */
function isCameraTemplate(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  const path = text.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return url !== null && /^https?:$/.test(url.protocol) && path.includes('{camera}');
}

/** What vouches for people must not be spoken to in clear, but for one on this machine. */
function isSafeIssuer(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `26881` or `26881-26884`; NaN among them when it is neither. */
function portsOf(text: string): number[] {
  const [, from = 'NaN', to = from] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(text) ?? [];
  const count = Math.min(mostPorts + 1, Number(to) - Number(from) + 1);
  return count >= 1 ? Array.from({ length: count }, (_, i) => Number(from) + i) : [Number.NaN];
}
