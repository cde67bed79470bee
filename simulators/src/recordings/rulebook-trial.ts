import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { rulebookCheck } from '@fenghuo/contracts/rulebook.ts';
import { BenchStation, type RunningStation } from '../bench/bench-station.ts';
import { accountsFor, signedIn } from '../scenario-run/station-access.ts';
import { Failure } from '../station/failure.ts';
import { HeardAlarms, type RaisedAlarm } from './heard-alarms.ts';
import { openRecording } from './recording-file.ts';
import { Replayer } from './replayer.ts';

export interface RulebookTrialOptions {
  /** Root of the checkout. */
  project: string;
  /** Folder of the estate that the recording is of. */
  estate: string;
  recording: string;
  /** The file of the candidate. */
  rulebook: string;
  speed: number;
  settleMs: number;
  onProgress: (doing: string) => void;
}

/** What was raised under the rulebook that the house comes with, and under the candidate. */
export interface TrialOutcome {
  shipped: RaisedAlarm[];
  candidate: RaisedAlarm[];
}

/**
 * A recording played live into two stations of its own, one after the other, each in a temporary folder: nobody real is
 * told, and nothing stays.
 */
export async function tryRulebook(options: RulebookTrialOptions, signal: AbortSignal): Promise<TrialOutcome> {
  const text = await readFile(options.rulebook, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure('recording', `${options.rulebook} cannot be read (${error.code}).`);
  });
  await openRecording(options.recording);
  const shipped = await playUnder(undefined, options, signal, (station) =>
    requireSound(text, options, station),
  );
  return { shipped, candidate: await playUnder(text, options, signal, async () => {}) };
}

async function playUnder(
  rulebook: string | undefined,
  { project, estate, recording, speed, settleMs, onProgress }: RulebookTrialOptions,
  signal: AbortSignal,
  before: (station: RunningStation) => Promise<void>,
): Promise<RaisedAlarm[]> {
  const own = new BenchStation({ project, estate, rulebook, onProgress });
  try {
    const station = await own.start();
    await before(station);
    const session = await signedIn(station.url, accountsFor(station.accounts).tester!);
    const alarms = new HeardAlarms(station.url, session, null);
    try {
      await alarms.start();
      const { username, secret: password } = station.bridge;
      const url = `mqtt://127.0.0.1:${station.mqttPort}`;
      const replayer = new Replayer({ url, username, password, run: null, speed, shift: true });
      const startedAt = Date.now();
      onProgress(`playing under ${rulebook === undefined ? 'the shipped rulebook' : 'the candidate'}`);
      await replayer.play(await openRecording(recording), signal);
      await pause(settleMs);
      return alarms.raised(startedAt);
    } finally {
      alarms.stop();
    }
  } finally {
    await own.stop();
  }
}

/** A faulty book would leave the shipped one in force, and differ in nothing. */
async function requireSound(
  text: string,
  { rulebook }: RulebookTrialOptions,
  { url, accounts }: RunningStation,
): Promise<void> {
  const session = await signedIn(url, accountsFor(accounts).administrator!);
  const { errors } = await session.post('/rulebook/check', { text }, rulebookCheck);
  const told = errors.map(({ line, column, message }) => `${rulebook}:${line}:${column}: ${message.en}`);
  if (told.length > 0) throw new Failure('recording', told.join('\n'));
}
