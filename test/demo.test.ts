import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeEmbeddedDatabase } from '../simulators/src/station/embedded-database.ts';
import { readStation } from '../simulators/src/station/station-file.ts';
import { DemoProcess } from './demo-process.ts';

const minutes = 60_000;
let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-demo-'));
  data = join(folder, 'data');
});
afterAll(async () => {
  await removeEmbeddedDatabase(data);
  await rm(folder, { recursive: true });
});

/** One data folder through its life; each test begins where the one before has ended. */
describe('a demo county', () => {
  let demo: DemoProcess;

  test(
    'first start → alive: prints where to look and keeps the passwords to its owner',
    async () => {
      demo = new DemoProcess({ data });
      await demo.says('Alive after');
      const { httpPort, mqttPort } = (await readStation(data))!;
      expect(demo.output).toContain(`http://127.0.0.1:${httpPort}/wall`);
      expect(demo.output).toContain(`mqtt://127.0.0.1:${mqttPort}`);
      expect((await stat(join(data, 'accounts.json'))).mode & 0o777).toBe(0o600);
      const accounts = JSON.parse(await readFile(join(data, 'accounts.json'), 'utf8'));
      for (const { account, password } of accounts.accounts)
        if (account !== 'crew') expect(demo.output).toMatch(new RegExp(`${account} +${password}`));
      const wall = await fetch(`http://127.0.0.1:${httpPort}/wall`);
      expect(wall.status).toBe(200);
    },
    3 * minutes,
  );

  test(
    'server killed → the demo ends with a sentence and code 1',
    async () => {
      process.kill((await readStation(data))!.pid, 'SIGKILL');
      expect(await demo.exited).toBe(1);
      expect(demo.errors).toBe('The server ended by SIGKILL.\n');
    },
    minutes,
  );

  test(
    'started after the kill → adopts the database, is alive, with the same passwords',
    async () => {
      const before = await readFile(join(data, 'accounts.json'), 'utf8');
      demo = new DemoProcess({ data });
      await demo.says('Alive after');
      expect(await readFile(join(data, 'accounts.json'), 'utf8')).toBe(before);
    },
    2 * minutes,
  );

  test(
    'the demo itself killed → the next one stops the server that it left, and is alive',
    async () => {
      const orphan = (await readStation(data))!.pid;
      demo.signal('SIGKILL');
      await demo.exited;
      expect(isAlive(orphan)).toBe(true);
      demo = new DemoProcess({ data });
      await demo.says('Alive after');
      expect(demo.output).toContain('The server of an earlier demo was still running; it is stopped.');
      expect(isAlive(orphan)).toBe(false);
    },
    2 * minutes,
  );

  test('a second demo on the same folder → a sentence, code 1, and the first lives on', async () => {
    const second = new DemoProcess({ data });
    expect(await second.exited).toBe(1);
    expect(second.errors).toMatch(/^A demo runs on .* already \(process \d+\); stop it first\.\n$/);
    expect(isAlive((await readStation(data))!.pid)).toBe(true);
  });

  test(
    'another size asked for → a sentence, code 1',
    async () => {
      const other = new DemoProcess({ data, args: ['--detectors', '3000'] });
      expect(await other.exited).toBe(1);
      expect(other.errors).toMatch(/^The data folder holds an estate of another size .*\n$/);
    },
    minutes,
  );

  test(
    'Ctrl-C, twice at once as npm passes it on → stops in order within 15 s and leaves nothing',
    async () => {
      const { pid, httpPort, mqttPort } = (await readStation(data))!;
      const begun = performance.now();
      demo.signal('SIGINT');
      demo.signal('SIGINT');
      expect(await demo.exited).toBe(0);
      expect(performance.now() - begun).toBeLessThan(15_000);
      expect(demo.errors).toBe('');
      expect(isAlive(pid)).toBe(false);
      expect(await isOpen(httpPort)).toBe(false);
      expect(await isOpen(mqttPort!)).toBe(false);
      expect(await readStation(data)).toBeNull();
      expect(await isPostmasterAlive()).toBe(false);
    },
    minutes,
  );

  test(
    'stopped, started → alive; the server hangs, Ctrl-C and Ctrl-C again → ended at once',
    async () => {
      demo = new DemoProcess({ data });
      await demo.says('Alive after');
      const { pid } = (await readStation(data))!;
      process.kill(pid, 'SIGSTOP');
      const keys = setInterval(() => demo.signal('SIGINT'), 200);
      expect(await demo.exited).toBe(130);
      clearInterval(keys);
      expect(demo.output).toContain('Ended at once.');
      expect(isAlive(pid)).toBe(false);
    },
    2 * minutes,
  );
});

describe('a start that cannot be', () => {
  test(
    'a taken port → the server’s sentence once, code 1',
    async () => {
      const squatter = createServer();
      await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
      const { port } = squatter.address() as { port: number };
      const demo = new DemoProcess({ data, env: { FENGHUO_MQTT_PORT: String(port) } });
      expect(await demo.exited).toBe(1);
      await new Promise((resolve) => squatter.close(resolve));
      expect(demo.errors).toContain(String(port));
      expect(demo.errors.trim().split('\n')).toHaveLength(1);
    },
    minutes,
  );

  test('a data folder that cannot be made → a sentence, code 1', async () => {
    await writeFile(join(folder, 'file'), '');
    const demo = new DemoProcess({ data: join(folder, 'file/data') });
    expect(await demo.exited).toBe(1);
    expect(demo.errors).toBe(`The data folder ${join(folder, 'file/data')} cannot be made (ENOTDIR).\n`);
  });

  test('a county that is no demo → a sentence, code 1', async () => {
    const real = await mkdtemp(join(folder, 'real-'));
    const accounts = { accounts: [{ account: 'commander', role: 'commander', password: 'x' }], mqtt: [] };
    await writeFile(join(real, 'accounts.json'), JSON.stringify(accounts));
    const demo = new DemoProcess({ data: real });
    expect(await demo.exited).toBe(1);
    expect(demo.errors).toMatch(/holds a county that is no demo/);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function isPostmasterAlive(): Promise<boolean> {
  const { cluster } = JSON.parse(await readFile(join(data, 'database.json'), 'utf8'));
  const file = await readFile(resolve(data, cluster, 'data/postmaster.pid'), 'utf8').catch(() => null);
  return file !== null && isAlive(Number(file.split('\n')[0]));
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
