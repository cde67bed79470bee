import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { delimiter, join } from 'node:path';
import { firstNeighbours } from '../read-estate.ts';
import { Child, type Ended, sentenceOf } from '../station/child.ts';
import { type EstateSize, generateEstate } from '../station/estate-process.ts';
import { Failure } from '../station/failure.ts';
import { ServerProcess } from '../station/server-process.ts';
import { readAccounts, type Station, stationUrls } from '../station/station-file.ts';
import { hasEstate, openDataFolder } from './data-folder.ts';
import { removeDemoFile, settleEarlierDemo, writeDemoFile } from './demo-file.ts';
import { writeDemoRulebook } from './demo-rulebook.ts';
import { freePort } from './free-port.ts';
import type { Progress } from './progress.ts';
import { ensureScreen } from './screen-build.ts';
import { welcome } from './welcome.ts';

export interface DemoRunOptions {
  /** Root of the checkout. */
  project: string;
  data: string;
  env: NodeJS.ProcessEnv;
  size: EstateSize;
  /** Null: no ambient life. */
  timeFactor: number | null;
  progress: Progress;
}

/** A part that ended though nobody had told it to. */
export type Broken = (failure: Failure) => void;

/** Seconds that the parts get to end; together under 15. */
const ambientGraceMs = 2_500;
const camerasGraceMs = 500;
const drillRunnerGraceMs = 500;
const serverGraceMs = 11_000;

/**
 * The demo: estate, server and screen made side by side, then ambient life. Everything that it starts it
 * stops, in reverse, whatever happens in between.
 */
export class DemoRun {
  readonly #options: DemoRunOptions;
  readonly #estateFolder: string;
  readonly #makers = new Set<Child>();
  #server: ServerProcess | null = null;
  #ambient: Child | null = null;
  #cameras: Child | null = null;
  #drillRunner: Child | null = null;
  /** Where simulated cameras are; null: the settings name others. */
  #camerasUrl: string | null = null;
  #log: WriteStream | null = null;
  #stopping = false;
  #onAmbientAlive: () => void = () => {};

  constructor(options: DemoRunOptions) {
    this.#options = options;
    this.#estateFolder = join(options.data, 'estate');
  }

  /** Resolves with what to tell people, once the wall is alive. `onBroken` is called when a part dies later. */
  async start(onBroken: Broken): Promise<string> {
    const { data, size, progress } = this.#options;
    await openDataFolder(data);
    const hasAll = await hasEstate(this.#estateFolder, size);
    if (await settleEarlierDemo(data))
      progress.say('The server of an earlier demo was still running; it is stopped.');
    this.#log = createWriteStream(join(data, 'demo.log'), { mode: 0o600 });
    if (!this.#options.env.FENGHUO_CAMERA_URL) this.#camerasUrl = `http://127.0.0.1:${await freePort()}`;
    const [station] = await Promise.all([
      this.#startServer(onBroken),
      this.#makeEstate(hasAll).then(() => this.#startLife(onBroken)),
      this.#makeScreen(),
    ]);
    if (this.#drillRunner?.running) this.#drillRunner.send('begin');
    await this.#beginAmbient(onBroken);
    return this.#welcome(station);
  }

  /** Stops everything in reverse, within 15 s. `say` is told what it is waiting for. */
  async stop(say: (words: string) => void): Promise<void> {
    this.#stopping = true;
    for (const child of this.#makers) await child.stop(ambientGraceMs);
    if (this.#ambient?.running) say('Ambient life goes to sleep.');
    await this.#ambient?.stop(ambientGraceMs);
    await this.#drillRunner?.stop(drillRunnerGraceMs);
    await this.#cameras?.stop(camerasGraceMs);
    if (this.#server?.running) {
      say('The server stores what it has taken and stops.');
      if (!(await this.#server.stop(serverGraceMs))) say('The server did not stop in time and was ended.');
    }
    if (this.#server !== null) await removeDemoFile(this.#options.data);
    this.#log?.end();
  }

  /** Ends everything at once. The database survives that; the next start adopts it. */
  async kill(): Promise<void> {
    this.#stopping = true;
    const parts = [...this.#makers, this.#ambient, this.#drillRunner, this.#cameras, this.#server].filter(
      (part) => part?.running,
    );
    for (const part of parts) part?.kill();
    await Promise.all(parts.map((part) => part?.ended));
  }

  async #startServer(onBroken: Broken): Promise<Station> {
    const { project, data, env, timeFactor, progress } = this.#options;
    const step = progress.step('server');
    if (timeFactor !== null) await writeDemoRulebook(project, data, timeFactor);
    const server = new ServerProcess({
      project,
      data,
      env: {
        ...env,
        FENGHUO_ESTATE: this.#estateFolder,
        ...(this.#camerasUrl !== null && {
          FENGHUO_CAMERA_URL: `${this.#camerasUrl}/{camera}/index.m3u8`,
          FENGHUO_CAMERA_SCAN: env.FENGHUO_CAMERA_SCAN || '180',
        }),
        ...(timeFactor === null ? {} : { FENGHUO_DEMO_TIME_FACTOR: String(timeFactor) }),
      },
      onProgress: step.doing,
      onLog: (line) => this.#log?.write(`${line}\n`),
    });
    this.#server = server;
    const ready = server.start();
    if (server.pid !== undefined) await writeDemoFile(data, server.pid);
    const station = await ready;
    step.done('ready');
    server.ended.then((ended) => {
      if (!this.#stopping) onBroken(new Failure('server-failed', sentenceOf(ended, 'server')));
    });
    return station;
  }

  async #makeEstate(hasAll: boolean): Promise<void> {
    if (hasAll) return;
    const { project, size, progress } = this.#options;
    const folder = this.#estateFolder;
    const step = progress.step('estate');
    const onProgress = (line: string) => step.doing(line);
    await generateEstate({ project, folder, ...size, onProgress, onChild: this.#watchMaker });
    step.done('generated');
  }

  async #makeScreen(): Promise<void> {
    const { project, progress } = this.#options;
    const step = progress.step('screen');
    const built = await ensureScreen({ project, onProgress: step.doing, onChild: this.#watchMaker });
    step.done(built ? 'built' : 'as it was built before');
  }

  /** Early, so that both read the estate while the server starts. */
  #startLife(onBroken: Broken): void {
    if (this.#stopping) return;
    this.#startCameras(onBroken);
    this.#startAmbient();
    this.#startDrillRunner();
  }

  /** A demo goes on without it: the drill page then says that there is no runner. */
  #startDrillRunner(): void {
    const { project, data, env } = this.#options;
    this.#drillRunner = new Child({
      name: 'drill runner',
      command: process.execPath,
      args: [join(project, 'simulators/src/drill-runner.ts'), '--data', data],
      cwd: project,
      env,
      channel: true,
      onLine: (line) => this.#log?.write(`${line}\n`),
    });
    this.#drillRunner.start();
  }

  #startCameras(onBroken: Broken): void {
    const { project, data, env } = this.#options;
    if (this.#camerasUrl === null) return;
    const { port } = new URL(this.#camerasUrl);
    const cameras = new Child({
      name: 'cameras',
      command: process.execPath,
      args: [join(project, 'simulators/src/cameras.ts'), '--data', data, '--port', port],
      cwd: project,
      env,
      channel: true,
      onLine: (line) => this.#log?.write(`${line}\n`),
    });
    this.#cameras = cameras;
    cameras.start();
    cameras.ended.then((ended) => {
      if (!this.#stopping) onBroken(new Failure('cameras-failed', sentenceOf(ended, cameras.name)));
    });
  }

  #startAmbient(): void {
    const { project, data, env, timeFactor } = this.#options;
    if (timeFactor === null) return;
    this.#ambient = new Child({
      name: 'ambient life',
      command: process.execPath,
      args: [
        ...[join(project, 'simulators/src/ambient.ts'), '--data', data, '--time-factor', String(timeFactor)],
        ...(this.#camerasUrl === null ? [] : ['--cameras', this.#camerasUrl]),
      ],
      cwd: project,
      env,
      channel: true,
      onLine: (line) => {
        this.#log?.write(`${line}\n`);
        if (line === '[ambient] alive') this.#onAmbientAlive();
      },
    });
    this.#ambient.start();
  }

  async #beginAmbient(onBroken: Broken): Promise<void> {
    const ambient = this.#ambient;
    if (ambient === null) return;
    const step = this.#options.progress.step('ambient life');
    const failed = (ended: Ended) => new Failure('ambient-failed', sentenceOf(ended, ambient.name));
    const alive = new Promise<null>((resolve) => {
      this.#onAmbientAlive = () => resolve(null);
    });
    if (ambient.running) ambient.send('begin');
    const ended = await Promise.race([alive, ambient.ended]);
    if (ended !== null) throw failed(ended);
    step.done('begins');
    ambient.ended.then((later) => {
      if (!this.#stopping) onBroken(failed(later));
    });
  }

  async #welcome(station: Station): Promise<string> {
    const { data, env, timeFactor } = this.#options;
    const accounts = await readAccounts(data);
    if (accounts === null) throw new Failure('server-failed', 'The server made no accounts.json.');
    return welcome({
      ...stationUrls(station, env.FENGHUO_HOST),
      trustUrl: station.trustUrl ?? null,
      county: station.county,
      accounts,
      accountsFile: join(data, 'accounts.json'),
      logFile: join(data, 'demo.log'),
      timeFactor,
      devices: await firstNeighbours(this.#estateFolder, 'smoke', 2),
      hasMosquitto: isOnPath('mosquitto_pub', env),
    });
  }

  readonly #watchMaker = (child: Child): void => {
    this.#makers.add(child);
    child.ended.then(() => this.#makers.delete(child));
  };
}

function isOnPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)));
}
