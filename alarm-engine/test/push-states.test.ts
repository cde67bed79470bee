import { decodeStates, packedDevice, packedState, stateCode } from '@fenghuo/contracts/device-states.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceStateKeeper } from '../src/engine/device-state-keeper.ts';
import { DeviceTroubles } from '../src/engine/device-troubles.ts';
import { connectClient } from '../src/store/pool.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { connect, enter, type ScreenSocket, startTestWeb, type TestWeb } from './test-web.ts';

const log = pino({ level: 'silent' });

let web: TestWeb;
let cookies: Record<'county' | 'zeguo' | 'songmen', string>;
let numbers: Record<'county' | 'zeguo' | 'songmen', number[]>;
let epoch = 0;

beforeAll(async () => {
  web = await startTestWeb();
  cookies = {
    county: await enter(web, 'wall', county, 'county'),
    zeguo: await enter(web, 'wall', zeguo, 'zeguo'),
    songmen: await enter(web, 'wall', songmen, 'songmen'),
  };
  numbers = {
    county: await devicesOf('%'),
    zeguo: await devicesOf(`${zeguo}%`),
    songmen: await devicesOf(`${songmen}%`),
  };
});
afterAll(() => web.stop());

async function devicesOf(pattern: string): Promise<number[]> {
  const { rows } = await web.pool.query<{ no: number }>(
    `select no from fenghuo.device where coalesce(area, '') like $1 order by no`,
    [pattern],
  );
  return rows.map(({ no }) => no);
}

/** What a screen holds, strict about numbers, and from nothing but what the socket says. */
class Screen {
  states: Uint8Array = new Uint8Array(0);
  snapshots = 0;
  readonly faults: string[] = [];
  #at: string | null = null;
  #heard: (() => void)[] = [];

  attach(socket: ScreenSocket): void {
    socket.on('states', (bytes) => {
      const read = decodeStates(bytes);
      if (read.kind === 'snapshot') {
        this.states = read.states;
        this.snapshots++;
      } else {
        if (this.#at !== `${read.stream}/${read.after}`) this.faults.push(`${this.#at} → ${read.after}`);
        for (const change of read.packed) this.states[packedDevice(change)] = packedState(change);
      }
      this.#at = `${read.stream}/${read.no}`;
      for (const heard of this.#heard) heard();
    });
    socket.emit('followStates');
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds())
      await new Promise<void>((resolve) => {
        this.#heard = [resolve];
      });
  }
}

/** A writer's keeper over devices that a test lets be heard. */
function keeperOf(heard: Set<number>): DeviceStateKeeper {
  epoch++;
  return new DeviceStateKeeper({
    ...{ pool: web.pool, county, epoch, log, devices: { deviceCount: numbers.county.length } },
    ...{ lastSeen: { at: (no) => (heard.has(no) ? 1 : null) }, isSilent: () => false },
    troubles: new DeviceTroubles(),
  });
}

/** As many ticks as it takes to look at every device. */
async function round(keeper: DeviceStateKeeper): Promise<void> {
  for (let ticks = 0; ticks < 20; ticks++) await keeper.tick();
}

async function screen(cookie: string): Promise<Screen> {
  const one = new Screen();
  one.attach(await connect(web.socket(cookie)));
  return one;
}

test('snapshot → changes: each viewer holds the states of its area, and of the others nothing', async () => {
  const heard = new Set<number>();
  const keeper = keeperOf(heard);
  await keeper.tick();
  const all = await screen(cookies.county);
  const own = await screen(cookies.zeguo);
  const foreign = await screen(cookies.songmen);
  for (const one of [all, own, foreign]) await one.until(() => one.snapshots === 1);
  const mine = numbers.zeguo[0]!;
  expect(own.states[mine]).toBe(stateCode['never-heard']);
  expect(foreign.states[mine]).toBe(stateCode.outside);

  heard.add(mine);
  await round(keeper);
  await all.until(() => all.states[mine] === stateCode.quiet);
  await own.until(() => own.states[mine] === stateCode.quiet);
  heard.add(numbers.songmen[0]!);
  await round(keeper);
  await foreign.until(() => foreign.states[numbers.songmen[0]!] === stateCode.quiet);
  expect(foreign.states[mine]).toBe(stateCode.outside);
  expect([all, own, foreign].map(({ snapshots }) => snapshots)).toEqual([1, 1, 1]);
  expect([...all.faults, ...own.faults, ...foreign.faults]).toEqual([]);
});

test('the database crashed: the unlogged states are gone → the writer tells all anew → screens go on', async () => {
  const heard = new Set<number>(numbers.county);
  const keeper = keeperOf(heard);
  await keeper.tick();
  const wall = await screen(cookies.county);
  await wall.until(() => wall.snapshots === 1);
  await web.pool.query('delete from fenghuo.device_state_change');
  await asOwner('truncate fenghuo.device_state');
  heard.delete(0);
  await round(keeper);
  await wall.until(() => wall.states[0] === stateCode['never-heard']);
  expect(wall.faults).toEqual([]);
});

test('another process takes the county over: its stream is followed, and the old one tells nobody anything', async () => {
  const [before, after] = [keeperOf(new Set()), keeperOf(new Set(numbers.county))];
  await before.tick();
  const wall = await screen(cookies.county);
  await wall.until(() => wall.snapshots > 0);
  await after.tick();
  await wall.until(() => wall.states[0] === stateCode.quiet);
  await before.tick();
  const { rows } = await web.pool.query('select stream::int from fenghuo.device_state');
  expect(rows).toEqual([{ stream: epoch }]);
  expect(wall.faults).toEqual([]);
});

/** As the owner of the tables: the server may not truncate. */
async function asOwner(text: string): Promise<void> {
  const client = await connectClient({ url: web.ownerUrl, name: 'owner' });
  await client.query(text).finally(() => client.end());
}
