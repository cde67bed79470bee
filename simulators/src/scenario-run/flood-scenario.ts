import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchStation } from '../bench/bench-station.ts';
import { readEstate, type StandingEstate } from '../read-estate.ts';
import { htmlReport } from '../report/html-report.ts';
import { describeMachine } from '../report/machine.ts';
import { composeText, type ScriptWishes } from '../scenario/compose-script.ts';
import type { ScenarioText } from '../scenario/read-scenario.ts';
import { findScenario } from '../scenario/scenario-file.ts';
import type { Child } from '../station/child.ts';
import { readDatabase } from '../station/embedded-database.ts';
import { generateEstate } from '../station/estate-process.ts';
import { Failure } from '../station/failure.ts';
import {
  bridgeSecretOf,
  demoBridge,
  readAccounts,
  readStation,
  stationUrls,
} from '../station/station-file.ts';
import { RunDisplay } from './run-display.ts';
import type { RunRecord } from './run-record.ts';
import { ScenarioRun } from './scenario-run.ts';
import { shortenedRulebook } from './shortened-rulebook.ts';
import { accountsFor, type StationAccess } from './station-access.ts';

/** What the command line says of a flood by scenario. */
export interface ScenarioArguments {
  /** Root of the checkout. */
  project: string;
  scenario: string;
  standalone: boolean;
  target?: URL | undefined;
  url?: string | undefined;
  database?: string | undefined;
  username?: string | undefined;
  password: string;
  drill?: string | undefined;
  /** Folder of the estate; default: that of the data folder. */
  devicesFrom?: string | undefined;
  data: string;
  devices?: number | undefined;
  rate?: number | undefined;
  durationMs?: number | undefined;
  seed?: string | undefined;
  report?: string | undefined;
  /** As it was typed. */
  command: string;
}

/** A station to flood, and the estate that stands there. */
interface Ground {
  station: StationAccess;
  estate: StandingEstate;
}

const graceMs = 12_000;
/** Of every detector of an estate for `--devices`, so many cameras and buildings. */
const proportions = { cameras: 10, buildings: 12 };

/** A scenario from its name to its report; what it brought up is down again when it returns. */
export class FloodScenario {
  readonly #given: ScenarioArguments;
  readonly #display = new RunDisplay({
    write: (text) => process.stderr.write(text),
    isTTY: process.stderr.isTTY,
    columns: () => process.stderr.columns,
  });
  #folder: string | null = null;
  #own: BenchStation | null = null;
  #maker: Child | null = null;
  #run: ScenarioRun | null = null;
  #ended = false;

  constructor(given: ScenarioArguments) {
    this.#given = given;
  }

  async play(): Promise<RunRecord> {
    const { scenario: name, standalone } = this.#given;
    const scenario = await findScenario(name);
    try {
      const { station, estate } = standalone ? await this.#bringUp(scenario) : await this.#find();
      if (this.#ended) throw new Failure('stopped', 'The flood was stopped before it began.');
      const wishes = this.#wishes;
      const onEvent = this.#display.show.bind(this.#display);
      this.#run = new ScenarioRun({ scenario, estate, station, wishes, onEvent });
      const record = await this.#run.start();
      await this.#report(scenario, record);
      return record;
    } finally {
      await this.#takeDown();
    }
  }

  /** Ends it in order: what left is judged. */
  end(): void {
    this.#ended = true;
    this.#run?.stop();
    void this.#maker?.stop(graceMs);
  }

  /** What the estate has not is told before a server is started for it. */
  async #bringUp(text: ScenarioText): Promise<Ground> {
    const { project, devices } = this.#given;
    this.#folder = await mkdtemp(join(tmpdir(), 'fenghuo-flood-'));
    const folder = join(this.#folder, 'estate');
    const { estate: asked, rulebook: times } = text.scenario.station;
    const size = devices === undefined ? asked : scaled(devices);
    const onProgress = (doing: string) => this.#display.note(doing);
    await generateEstate({
      ...{ project, folder, ...size, onProgress },
      onChild: (child) => {
        this.#maker = child;
      },
    });
    const estate = await readEstate(folder);
    composeText(text, estate, this.#wishes);
    const rulebook = await shortenedRulebook(project, times);
    this.#own = new BenchStation({ project, estate: folder, rulebook, onProgress });
    const { url, mqttPort: port, bridge, accounts, databaseUrl } = await this.#own.start();
    return {
      estate,
      station: {
        ...{ target: { host: '127.0.0.1', port }, url, databaseUrl, drill: null, isOurs: true },
        live: { username: bridge.username, password: bridge.secret },
        ...accountsFor(accounts),
      },
    };
  }

  get #wishes(): ScriptWishes {
    const { seed, devices, rate, durationMs, standalone } = this.#given;
    const isScaled = standalone && devices !== undefined;
    return { seed, durationMs, rate, isScaled, devices: standalone ? undefined : devices };
  }

  /** The station on the data folder, or what was named in its place, part by part. */
  async #find(): Promise<Ground> {
    const { data, target, url, database, devicesFrom = join(data, 'estate') } = this.#given;
    const [found, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
    const urls = found === null ? null : stationUrls(found, process.env.FENGHUO_HOST);
    const isThisOne =
      urls !== null && (target === undefined || portOf(target) === portOf(new URL(urls.mqttUrl)));
    if (!isThisOne && target === undefined)
      throw new Failure(
        'no-station',
        `No server runs on ${data}; start one, or use --standalone or --target.`,
      );
    const at = target ?? new URL(urls!.mqttUrl);
    const known = isThisOne ? accounts : null;
    const estate = await readEstate(devicesFrom).catch(() => {
      throw new Failure(
        'other-estate',
        `There is no estate in ${devicesFrom}; name its folder with --devices-from.`,
      );
    });
    return {
      estate,
      station: {
        target: { host: at.hostname.replace(/^\[|\]$/g, ''), port: portOf(at) },
        url: url ?? (isThisOne ? urls.url : null),
        databaseUrl: database ?? (isThisOne ? await databaseOf(data) : null),
        ...this.#credentials(known === null ? null : bridgeSecretOf(known)),
        ...this.#people(known === null ? null : accountsFor(known)),
        isOurs: false,
      },
    };
  }

  #credentials(bridgeSecret: string | null): Pick<StationAccess, 'live' | 'drill'> {
    const { username, password, drill } = this.#given;
    const given = username === undefined ? null : { username, password };
    if (drill !== undefined) {
      if (given === null)
        throw new Failure('mqtt-refused', `--drill ${drill} needs --username and --password of its tester.`);
      return { live: null, drill: { ...given, run: drill } };
    }
    const bridge = bridgeSecret === null ? null : { username: demoBridge, password: bridgeSecret };
    return { live: given ?? bridge, drill: null };
  }

  /** Who was named in the environment looks at the screen in place of the tester. */
  #people(known: Pick<StationAccess, 'tester' | 'administrator'> | null) {
    const { FENGHUO_ACCOUNT: account, FENGHUO_PASSWORD: password } = process.env;
    const named = account === undefined || password === undefined ? null : { account, password };
    return { tester: named ?? known?.tester ?? null, administrator: known?.administrator ?? named };
  }

  async #report(scenario: ScenarioText, record: RunRecord): Promise<void> {
    const { report, project, command } = this.#given;
    if (report === undefined) return;
    const machine = await describeMachine(project);
    await writeFile(report, htmlReport({ scenario, record, machine, command }));
    this.#display.note(`the report is ${report}`);
  }

  async #takeDown(): Promise<void> {
    await this.#maker?.stop(graceMs);
    await this.#own?.stop();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function scaled(detectors: number) {
  const of = (part: number) => Math.max(20, Math.round(detectors / part));
  return {
    detectors,
    cameras: of(proportions.cameras),
    buildings: Math.min(30_000, of(proportions.buildings)),
  };
}

function portOf({ port }: URL): number {
  return Number(port || 1883);
}

/** Null where the database is not the embedded one: then `--database` names it. */
async function databaseOf(data: string): Promise<string | null> {
  return readDatabase(data).then(
    ({ databaseUrl }) => databaseUrl,
    () => null,
  );
}
