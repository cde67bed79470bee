import { createWriteStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { DeviceRange } from './flood/acknowledged-ranges.ts';
import { type DeviceRoll, rollOfEstate, rollOfPrefix } from './flood/device-roll.ts';
import { Flood } from './flood/flood.ts';
import type { FloodReport } from './flood/flood-report.ts';
import { ScenarioError } from './scenario/scenario-error.ts';
import { FloodScenario } from './scenario-run/flood-scenario.ts';
import { Failure } from './station/failure.ts';
import { dataFolder } from './station/station-file.ts';
import { verdictLine } from './verdict/verdict-line.ts';

/**
 * `npm run flood`: devices of an estate publish to a server or broker, at a rate or by a scenario. Progress goes to
 * stderr; stdout gets a table, or with `--json` the report as one line. Ctrl-C ends it in order.
 */
interface FloodArguments {
  scenario?: string;
  standalone: boolean;
  target?: URL;
  url?: string;
  database?: string;
  drill?: string;
  report?: string;
  devices?: number;
  username?: string;
  password?: string;
  connections: number;
  window: number;
  rate?: number | 'max';
  duration?: number;
  devicesFrom?: string;
  county: string;
  seed?: string;
  alarms: number;
  redeliver: number;
  cutPerSecond: number;
  firstSeq: number;
  drain: number;
  acknowledged?: string;
  json: boolean;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('flood')
  .description(
    'Floods an MQTT server with events of many devices, QoS 1: by a scenario, and judges what became of it, or at a ' +
      'rate, and counts what was acknowledged. Keys of a scenario: docs/scenarios.md.',
  )
  .option('--scenario <name|file>', 'what happens; judged in the end, exit code 1 when a budget is missed')
  .option('--standalone', 'with a server of its own, on free ports in a temporary folder', false)
  .option('--target <url>', 'such as mqtt://127.0.0.1:1883; default: the server on the data folder', mqttUrl)
  .option('--url <url>', 'web address of a server elsewhere; account in FENGHUO_ACCOUNT and FENGHUO_PASSWORD')
  .option('--database <url>', 'database of a server elsewhere, to be held against what was published')
  .option('--drill <run>', 'all of it in a drill that runs, with the credential of its tester')
  .option('--devices <n>', 'detectors of a server of its own; elsewhere the most that a crowd has', whole)
  .option('--report <file>', 'write a protocol as HTML')
  .option('--username <name>', 'credential; left out: anonymous')
  .option('--password <secret>', 'its secret; default: FENGHUO_PASSWORD')
  .option('--connections <n>', 'clients', whole, 50)
  .option('--window <n>', 'messages that each has in flight', whole, 50)
  .option('--rate <n>', 'messages a second by the clock, or max; of a scenario: of its quiet readings', rate)
  .option('--duration <s>', 'seconds; of a scenario: when it ends', positive)
  .option('--devices-from <where>', 'an estate folder, or prefix+count, such as X-+1000')
  .option('--county <code>', 'county of devices made by prefix+count', '331081')
  .option('--seed <text>', 'another seed, other messages in another order; default: flood, or the scenario’s')
  .option('--alarms <share>', 'part of all messages that are alarms, none twice on a device', share, 0.01)
  .option('--redeliver <share>', 'part of all messages that are sent twice, such as 2%', share, 0)
  .option('--cut-per-second <n>', 'connections cut each second, at random', notNegative, 0)
  .option('--first-seq <n>', 'seq of the first message of each device', whole, 1)
  .option('--drain <s>', 'seconds to wait for the last acknowledgement', positive, 30)
  .option('--acknowledged <file>', 'write device,first,last,alarm-time of what was acknowledged, as CSV')
  .option('--json', 'the report as one line of JSON', false)
  .action(run);

async function run(given: FloodArguments): Promise<void> {
  try {
    await (given.scenario === undefined ? floodAtRate(given) : floodByScenario(given.scenario, given));
  } catch (error) {
    const isExpected =
      error instanceof Failure || error instanceof RangeError || error instanceof ScenarioError;
    if (!isExpected) throw error;
    if (given.json && given.scenario !== undefined)
      process.stdout.write(
        `${JSON.stringify({ ok: false, reason: reasonOf(error), message: error.message })}\n`,
      );
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function reasonOf(error: Error): string {
  if (error instanceof ScenarioError) return 'scenario';
  return error instanceof Failure ? error.reason : 'arguments';
}

async function floodByScenario(scenario: string, given: FloodArguments): Promise<void> {
  const { rate: asked, duration, password = process.env.FENGHUO_PASSWORD ?? '', ...rest } = given;
  if (asked === 'max')
    throw new RangeError('A scenario has a time line: --rate max is for floods without one.');
  const flood = new FloodScenario({
    ...rest,
    ...{ project, scenario, password, rate: asked, data: resolve(dataFolder(process.env, project)) },
    durationMs: duration === undefined ? undefined : duration * 1000,
    command: `npm run flood -- ${process.argv.slice(2).map(unlessSecret).join(' ')}`,
  });
  const ending = endWhenTold(() => flood.end());
  const record = await flood.play().finally(ending);
  const line = verdictLine(scenario, record);
  process.stdout.write(given.json ? `${JSON.stringify(line)}\n` : tableOfVerdict(line));
  if (!line.ok) process.exitCode = 1;
}

/** A report is passed on: what follows `--password` or `--database` is not for its readers. */
function unlessSecret(word: string, i: number, all: string[]): string {
  const isSecret = /^--(password|database)(=|$)/.test(word) && word.includes('=');
  if (isSecret) return `${word.split('=')[0]}=…`;
  return /^--(password|database)$/.test(all[i - 1] ?? '') ? '…' : word;
}

function tableOfVerdict({ budgets, hostile, drill, ...line }: ReturnType<typeof verdictLine>): string {
  const flat = Object.entries({
    ...line,
    ...(drill === null ? {} : { drill }),
    ...Object.fromEntries(Object.entries(hostile ?? {}).map(([key, value]) => [`hostile ${key}`, value])),
    ...Object.fromEntries(Object.entries(line.alarms).map(([key, value]) => [`alarms ${key}`, value])),
  });
  const rows = flat.flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? []
      : [`${name.padEnd(24)} ${(isNoTime(name, value) ? '–' : shown(value)).padStart(16)}\n`],
  );
  const judged = budgets.map(
    ({ name, asked, found, ok }) =>
      `${ok ? '✔' : '✘'} ${name.padEnd(22)} ${shown(found).padStart(16)}   ${asked}\n`,
  );
  return `${rows.join('')}\n${judged.join('')}`;
}

/** Nothing was measured: what could not be is among the budgets. */
function isNoTime(name: string, value: unknown): boolean {
  return value === null && name.endsWith('_ms');
}

function shown(value: unknown): string {
  return value === null
    ? 'not checked'
    : typeof value === 'number'
      ? value.toLocaleString('en')
      : String(value);
}

async function floodAtRate(given: FloodArguments): Promise<void> {
  const { target, devicesFrom } = given;
  if (target === undefined || devicesFrom === undefined)
    throw new RangeError('A flood without --scenario needs --target and --devices-from.');
  const flood = new Flood(optionsOf({ ...given, target }, await devicesOf(devicesFrom, given.county)));
  try {
    await flood.open();
    const report = await watched(flood);
    process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : tableOf(report));
    if (given.acknowledged !== undefined)
      await pipeline(csvOf(flood.acknowledged()), createWriteStream(given.acknowledged));
  } finally {
    await flood.stop();
  }
}

function optionsOf(given: FloodArguments & { target: URL }, devices: DeviceRoll) {
  const { target, username, password = process.env.FENGHUO_PASSWORD ?? '', ...rest } = given;
  const { rate: asked = 'max', duration = 10, seed = 'flood' } = given;
  return {
    ...rest,
    ...{ rate: asked, seed, durationMs: duration * 1000 },
    target: { host: target.hostname.replace(/^\[|\]$/g, ''), port: Number(target.port || 1883) },
    credential: username === undefined ? undefined : { username, password },
    devices,
    alarmShare: given.alarms,
    cutsPerSecond: given.cutPerSecond,
    drainWithinMs: given.drain * 1000,
  };
}

async function devicesOf(devicesFrom: string, county: string): Promise<DeviceRoll> {
  const invented = /^(.*)\+(\d+)$/.exec(devicesFrom);
  if (invented !== null && !existsSync(devicesFrom))
    return rollOfPrefix(county, invented[1]!, Number(invented[2]));
  if (!existsSync(devicesFrom)) throw new RangeError(`There is no estate folder ${devicesFrom}.`);
  return rollOfEstate(devicesFrom);
}

/** Runs it, says each second how far it is, and lets a signal end it in order. */
async function watched(flood: Flood): Promise<FloodReport> {
  const { figures } = flood;
  const open = flood.openConnections;
  process.stderr.write(`flood: ${open} connections are open\n`);
  let before = 0;
  const ticker = setInterval(() => {
    const { acknowledged, sent, lost, cut } = figures;
    const unsettled = sent - acknowledged;
    const rest = `${unsettled} unacknowledged, ${cut} cut, ${lost} lost`;
    process.stderr.write(`flood: ${acknowledged - before}/s, ${acknowledged} in all, ${rest}\n`);
    before = acknowledged;
  }, 1000);
  const ending = endWhenTold(() => flood.end());
  try {
    return await flood.run();
  } finally {
    clearInterval(ticker);
    ending();
  }
}

/** A signal ends it in order. Returns how to stop listening. */
function endWhenTold(end: () => void): () => void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  };
}

function* csvOf(ranges: Iterable<DeviceRange>): Generator<string> {
  for (const { device, firstSeq, lastSeq, alarmAt } of ranges)
    yield `${device},${firstSeq},${lastSeq},${alarmAt ?? ''}\n`;
}

function tableOf(report: FloodReport): string {
  const { per_second: _, ...figures } = report;
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(20)} ${value.toLocaleString('en').padStart(14)}\n`)
    .join('');
}

function mqttUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'mqtt:' && url.hostname !== '') return url;
  throw new InvalidArgumentError('such as mqtt://127.0.0.1:1883');
}

function rate(text: string): number | 'max' {
  return text === 'max' ? text : positive(text);
}

function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1');
}

function positive(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('a number above 0');
}

function notNegative(text: string): number {
  if (text !== '' && Number(text) >= 0) return Number(text);
  throw new InvalidArgumentError('a number from 0');
}

function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('a share, such as 0.02 or 2%');
}

await program.parseAsync();
