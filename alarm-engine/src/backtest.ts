import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ActsMode, actsModes } from '@fenghuo/contracts/backtest.ts';
import { startOfDay } from './engine/county-day.ts';
import { backtestText } from './replay/backtest-text.ts';
import { type BacktestWish, runBacktest } from './replay/run-backtest.ts';
import { readSettings, type Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { addressOfEmbedded } from './store/database-file.ts';

const usage = `npm run backtest -- --rulebook candidate.yaml [--from 2026-03-01] [--to 2026-03-02T08:00+08:00]
  [--acts as-acted|left-out] [--json] [--database-url postgres://…]

Runs history through a candidate rulebook and through the one in force, and tells how they differ. Reads only.
A day alone begins at the county's midnight; without --from and --to it is all of history. The database is the one
of the server's settings, or of the data folder while the server runs.`;

/** What was asked for makes no sense: told in a sentence, with the usage. */
class WrongArguments extends Error {}

interface Wish extends BacktestWish {
  /** Name of the file that the candidate came from. */
  file: string;
  json: boolean;
}

async function readWish(settings: Settings): Promise<Wish> {
  const given = readOptions();
  const { FENGHUO_COUNTY: county, FENGHUO_TIME_ZONE: timeZone } = settings;
  const file = given.rulebook;
  if (file === undefined) throw new WrongArguments('--rulebook names the candidate; it is missing');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongArguments(`${file} cannot be read (${error.code})`);
  });
  const databaseUrl =
    given['database-url'] ??
    settings.FENGHUO_DATABASE_URL ??
    (await addressOfEmbedded(settings.FENGHUO_DATA));
  return {
    ...{ county, timeZone, text, file, databaseUrl, json: given.json },
    mostInputs: Number.POSITIVE_INFINITY,
    acts: readActs(given.acts),
    from: given.from === undefined ? Number.NEGATIVE_INFINITY : readTime('--from', given.from, timeZone),
    to: given.to === undefined ? Number.POSITIVE_INFINITY : readTime('--to', given.to, timeZone),
  };
}

function readOptions() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        ...{ rulebook: text, from: text, to: text, acts: { ...text, default: 'as-acted' } },
        ...{ json: { type: 'boolean', default: false }, 'database-url': text },
      },
    }).values;
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

function readActs(text: string): ActsMode {
  const mode = actsModes.find((each) => each === text);
  if (mode === undefined) throw new WrongArguments(`--acts is ${actsModes.join(' or ')}`);
  return mode;
}

/** A time with its offset, or a day of the county. */
function readTime(option: string, text: string, timeZone: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const ms = isDay
    ? startOfDay(text, timeZone)
    : /(Z|[+-]\d{2}:\d{2})$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(ms))
    throw new WrongArguments(
      `${option} is a day such as 2026-03-01 or a time such as 2026-03-01T08:00+08:00`,
    );
  return ms;
}

async function main(): Promise<number> {
  const { file, json, ...wish } = await readWish(readSettings(process.env));
  const begin = performance.now();
  const outcome = await runBacktest(wish, showProgress);
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (outcome.ok) {
    const { report } = outcome;
    const seconds = (performance.now() - begin) / 1000;
    const rate = Math.round(report.events / seconds).toLocaleString('en');
    process.stderr.write(`${seconds.toFixed(1)} s, ${rate} events/s\n`);
    process.stdout.write(`${json ? JSON.stringify(report) : backtestText(report, wish.timeZone)}\n`);
    return 0;
  }
  if (outcome.reason === 'faulty-rulebook')
    for (const { line, column, message } of outcome.errors)
      process.stderr.write(`${file}:${line}:${column}: ${message}\n`);
  else process.stderr.write(`Nothing to compare: ${outcome.message}.\n`);
  return 1;
}

/** One line that is written over; nothing where nobody looks. */
function showProgress(events: number, share: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${(share * 100).toFixed(0).padStart(3)} %  ${events.toLocaleString('en')} events`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof WrongArguments) process.stderr.write(`${error.message}.\n\n${usage}\n`);
    else if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  },
);
