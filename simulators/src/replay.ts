import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { drillStarted } from '@fenghuo/contracts/rest.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { compareAlarms } from './recordings/compare-alarms.ts';
import { fingerprintOf, HeardAlarms, type RaisedAlarm } from './recordings/heard-alarms.ts';
import { pastRecording } from './recordings/past-recording.ts';
import { type OpenRecording, openRecording } from './recordings/recording-file.ts';
import { Replayer, type ReplayReport } from './recordings/replayer.ts';
import { tryRulebook } from './recordings/rulebook-trial.ts';
import { areaCode, timeWithOffset } from './recordings/stretch-of-time.ts';
import { connectToStation } from './station/embedded-database.ts';
import { Failure } from './station/failure.ts';
import { RestSession } from './station/rest-session.ts';
import {
  type Accounts,
  bridgeSecretOf,
  dataFolder,
  demoBridge,
  passwordOf,
  readAccounts,
  readStation,
  stationUrls,
} from './station/station-file.ts';

/** `npm run replay`: a recording, or a stretch of history, into a drill of its own; into what is live only if confirmed. */
interface ReplayArguments {
  speed: number;
  shiftTime: 'now' | 'none';
  from?: number;
  to?: number;
  area?: string;
  data: string;
  databaseUrl?: string;
  url?: string;
  target?: string;
  account: string;
  username?: string;
  title?: string;
  keep: boolean;
  live: boolean;
  confirm?: string;
  rulebook?: string;
  json: boolean;
}

/** The server tells of an alarm within this after it acknowledged what raised it. */
const settleMs = 2_000;
const mostListed = 20;

const project = resolve(import.meta.dirname, '../..');

const program = new Command('replay')
  .description('Plays a recording, or history (--from --to), into a drill; the password is FENGHUO_PASSWORD.')
  .argument('[file]', 'what `npm run record` wrote')
  .option('--speed <n>', 'so many times as fast as it was', positive, 1)
  .addOption(
    new Option('--shift-time <how>', 'now: times within messages begin now; none: they stay')
      .choices(['now', 'none'])
      .default('now'),
  )
  .option('--from <time>', 'history: from when', timeWithOffset)
  .option('--to <time>', 'history: until when', timeWithOffset)
  .option('--area <code>', 'history: of this area', areaCode)
  .option(
    '--data <folder>',
    'data folder of the running server, which tells all below',
    dataFolder(process.env, project),
  )
  .option('--database-url <url>', 'history: its database, instead of the embedded one')
  .option('--url <url>', 'station elsewhere, such as http://10.0.0.5:8080')
  .option('--target <url>', 'its MQTT, such as mqtt://10.0.0.5:1883')
  .option('--account <name>', 'who starts the drill', 'tester')
  .option('--username <name>', 'live: credential that may speak for the devices', demoBridge)
  .option('--title <words>', 'what the drill is called')
  .option('--keep', 'the drill is not ended', false)
  .option('--live', 'into what is live: real alarms, real teams', false)
  .option('--confirm <county>', 'live, where nobody can be asked: the code of the county')
  .option(
    '--rulebook <file>',
    'nothing running is touched: under it, and under the shipped one, and how they differ',
  )
  .option('--json', 'the report as one line of JSON', false)
  .action(run);

interface Place {
  url: string;
  mqttUrl: string;
  county: string | null;
  passwordOf: (account: string) => string;
  bridgeSecret: () => string;
}

async function run(file: string | undefined, given: ReplayArguments): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  if (given.rulebook !== undefined)
    return compareRulebooks(file, given.rulebook, { given, signal: stop.signal });
  const place = await placeOf(given);
  const { recording, close } = await recordingOf(file, given, place);
  try {
    const report = given.live
      ? await playLive(recording, { given, place, signal: stop.signal })
      : await playDrill(recording, {
          given,
          place,
          signal: stop.signal,
          title: given.title ?? titleOf(file),
        });
    process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : textOf(report));
  } finally {
    await close();
  }
}

async function compareRulebooks(
  recording: string | undefined,
  rulebook: string,
  { given, signal }: Pick<Play, 'given' | 'signal'>,
): Promise<void> {
  if (recording === undefined)
    throw new Failure('recording', '--rulebook is tried on a file; history has npm run backtest.');
  const estate = join(given.data, 'estate');
  if (!existsSync(estate))
    throw new Failure('other-estate', `There is no estate in ${estate}; name its data folder with --data.`);
  const onProgress = (doing: string) => process.stderr.write(`replay: ${doing}\n`);
  const wish = { project, estate, recording, rulebook, speed: given.speed, settleMs, onProgress };
  const { shipped, candidate } = await tryRulebook(wish, signal);
  const { added, removed, changed } = compareAlarms(shipped, candidate);
  const counts = { shipped: shipped.length, candidate: candidate.length };
  if (given.json) {
    process.stdout.write(`${JSON.stringify({ ...counts, added, removed, changed })}\n`);
    return;
  }
  const lines = [
    ...added.map((alarm) => `+ ${alarmText(alarm)}`),
    ...removed.map((alarm) => `- ${alarmText(alarm)}`),
    ...changed.map((alarm) => `~ ${alarmText(alarm)}  was ${alarm.before}`),
  ];
  process.stdout.write(
    `alarms under the shipped rulebook ${counts.shipped}, under ${rulebook} ${counts.candidate}\n` +
      `${lines.length === 0 ? 'they differ in nothing' : lines.join('\n')}\n`,
  );
}

/** As it stands in the list of drills. */
function titleOf(file: string | undefined): string {
  return file === undefined ? '历史重放 · history' : `重放 · replay: ${basename(file)}`;
}

interface Play {
  given: ReplayArguments;
  place: Place;
  signal: AbortSignal;
}

/** Of a drill it is known what came of it; `fingerprint` is that of another replay that raised the same alarms. */
interface DrillReport extends ReplayReport {
  run: string;
  alarms: number;
  fingerprint: string;
  raised: RaisedAlarm[];
}

async function playDrill(recording: OpenRecording, play: Play & { title: string }): Promise<DrillReport> {
  const { given, place, signal, title } = play;
  const session = new RestSession({
    url: place.url,
    account: given.account,
    password: place.passwordOf(given.account),
  });
  await session.signIn();
  const { run, username, secret } = await session.post(
    '/drills',
    { title: title.slice(0, 120) },
    drillStarted,
  );
  process.stderr.write(`replay: drill ${run}\n`);
  const alarms = new HeardAlarms(place.url, session, run);
  try {
    await alarms.start();
    const replayer = new Replayer({ ...toReplayer(given, place), username, password: secret, run });
    const startedAt = Date.now();
    const report = await replayer.play(recording, signal);
    await pause(settleMs);
    const raised = alarms.raised(startedAt);
    return { run, ...report, alarms: raised.length, fingerprint: fingerprintOf(raised), raised };
  } finally {
    alarms.stop();
    if (!given.keep) await session.post(`/drills/${run}/end`, {}, commandAnswer);
  }
}

async function playLive(recording: OpenRecording, { given, place, signal }: Play): Promise<ReplayReport> {
  await confirmLive(given, place.county);
  const username = given.username ?? demoBridge;
  const password = username === demoBridge ? place.bridgeSecret() : (process.env.FENGHUO_PASSWORD ?? '');
  const replayer = new Replayer({ ...toReplayer(given, place), username, password, run: null });
  return replayer.play(recording, signal);
}

function toReplayer({ speed, shiftTime }: ReplayArguments, { mqttUrl: url }: Place) {
  return { url, speed, shift: shiftTime === 'now' };
}

/** Who plays into what is live names the county, so that no line from a shell's history does it. */
async function confirmLive({ confirm }: ReplayArguments, county: string | null): Promise<void> {
  const wanted = county ?? 'live';
  const warning =
    '将写入实时数据：会产生真实告警并通知真实人员。\nThis is live: real alarms will be raised, and real people told.\n';
  if (confirm === wanted) return;
  if (confirm !== undefined || !process.stdin.isTTY)
    throw new Failure('not-authorised', `${warning}Confirm with --confirm ${wanted}.`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question(`${warning}输入 / Type ${wanted}: `);
  asked.close();
  if (answer.trim() !== wanted) throw new Failure('not-authorised', 'Not confirmed; nothing was sent.');
}

async function recordingOf(
  file: string | undefined,
  { from, to, area, data, databaseUrl }: ReplayArguments,
  { county }: Place,
): Promise<{ recording: OpenRecording; close: () => Promise<void> }> {
  if (file !== undefined) return { recording: await openRecording(file), close: async () => {} };
  if (from === undefined || to === undefined)
    throw new Failure('recording', 'Say what to play: a file, or --from and --to of history.');
  const db = await connectToStation(data, databaseUrl);
  const ofCounty = county ?? area?.slice(0, 6) ?? '331081';
  const recording = await pastRecording(db, { county: ofCounty, area: area ?? ofCounty, from, to });
  return { recording, close: () => db.end() };
}

/** Where to play, by what was given, or else by what the data folder tells. */
async function placeOf({ data, url, target }: ReplayArguments): Promise<Place> {
  const secret = process.env.FENGHUO_PASSWORD || undefined;
  if (url !== undefined && target !== undefined) {
    const password = () => {
      if (secret === undefined) throw new Failure('not-authorised', 'FENGHUO_PASSWORD is missing.');
      return secret;
    };
    return { url, mqttUrl: target, county: null, passwordOf: password, bridgeSecret: password };
  }
  const [station, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
  if (station === null)
    throw new Failure(
      'no-station',
      `No server runs on the data folder ${data}; name one with --url and --target.`,
    );
  const known = (of: string, ask: (accounts: Accounts) => string) => {
    if (accounts === null) throw new Failure('not-demo', `The data folder ${data} holds no secret of ${of}.`);
    return ask(accounts);
  };
  return {
    ...stationUrls(station, process.env.FENGHUO_HOST),
    county: station.county,
    passwordOf: (account) => secret ?? known(account, (all) => passwordOf(all, account)),
    bridgeSecret: () => secret ?? known(demoBridge, bridgeSecretOf),
  };
}

function textOf({ raised = [], ...report }: ReplayReport & Partial<DrillReport>): string {
  const figures = Object.entries(report).map(([name, value]) => `${name.padEnd(14)} ${value}\n`);
  const alarms = raised.slice(0, mostListed).map((alarm) => `  ${alarmText(alarm)}\n`);
  const rest = raised.length > mostListed ? `  … ${raised.length - mostListed} more: --json has all\n` : '';
  return `${figures.join('')}${alarms.join('')}${rest}`;
}

function alarmText({ device, kind, severity, afterMs }: RaisedAlarm): string {
  const after = `+${(afterMs / 1000).toFixed(1)} s`;
  return `${after.padStart(10)}  ${severity.padEnd(6)}  ${kind.padEnd(16)} ${device}`;
}

function positive(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('a number above 0');
}

program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
