import { createWriteStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { DeviceRange } from './flood/acknowledged-ranges.ts';
import { type DeviceRoll, rollOfEstate, rollOfPrefix } from './flood/device-roll.ts';
import { Flood } from './flood/flood.ts';
import type { FloodReport } from './flood/flood-report.ts';
import { Failure } from './station/failure.ts';

/**
 * `npm run flood`: devices of an estate publish to a server or broker. Progress goes to stderr; stdout gets a
 * table, or with `--json` the report as one line. Ctrl-C ends it in order.
 */
interface FloodArguments {
  target: URL;
  username?: string;
  password?: string;
  connections: number;
  window: number;
  rate: number | 'max';
  duration: number;
  devicesFrom: string;
  county: string;
  seed: string;
  alarms: number;
  redeliver: number;
  cutPerSecond: number;
  firstSeq: number;
  drain: number;
  acknowledged?: string;
  json: boolean;
}

const program = new Command('flood')
  .description('Floods an MQTT server with events of many devices, QoS 1, and counts what was acknowledged.')
  .requiredOption('--target <url>', 'such as mqtt://127.0.0.1:1883', mqttUrl)
  .option('--username <name>', 'credential; left out: anonymous')
  .option('--password <secret>', 'its secret; default: FENGHUO_PASSWORD')
  .option('--connections <n>', 'clients', whole, 50)
  .option('--window <n>', 'messages that each has in flight', whole, 50)
  .option('--rate <n>', 'messages a second by the clock, or max', rate, 'max')
  .option('--duration <s>', 'seconds', positive, 10)
  .requiredOption('--devices-from <where>', 'an estate folder, or prefix+count, such as X-+1000')
  .option('--county <code>', 'county of devices made by prefix+count', '331081')
  .option('--seed <text>', 'another seed, other messages in another order', 'flood')
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
    const flood = new Flood(optionsOf(given, await devicesOf(given)));
    try {
      await flood.open();
      const report = await watched(flood);
      process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : tableOf(report));
      if (given.acknowledged !== undefined)
        await pipeline(csvOf(flood.acknowledged()), createWriteStream(given.acknowledged));
    } finally {
      await flood.stop();
    }
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function optionsOf(given: FloodArguments, devices: DeviceRoll) {
  const { target, username, password = process.env.FENGHUO_PASSWORD ?? '', ...rest } = given;
  return {
    ...rest,
    target: { host: target.hostname.replace(/^\[|\]$/g, ''), port: Number(target.port || 1883) },
    credential: username === undefined ? undefined : { username, password },
    devices,
    durationMs: given.duration * 1000,
    alarmShare: given.alarms,
    cutsPerSecond: given.cutPerSecond,
    drainWithinMs: given.drain * 1000,
  };
}

async function devicesOf({ devicesFrom, county }: FloodArguments): Promise<DeviceRoll> {
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
  const end = () => flood.end();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    return await flood.run();
  } finally {
    clearInterval(ticker);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
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
