import type { ConnectedWalls, Showing, WallOrders, WallRequest } from '@fenghuo/contracts/wall-orders.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnsweringWriter } from './answering-writer.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let writer: AnsweringWriter;
beforeAll(async () => {
  web = await startTestWeb();
  writer = new AnsweringWriter(web.databaseUrl);
  await writer.start();
});
afterAll(async () => {
  await writer.stop();
  await web.stop();
});

const shown: Showing = {
  ...{ layout: 'standard', mode: 'everyday', incident: 'I-1', sound: 'on' },
  ...{ width: 1920, height: 1080 },
};
const look: WallRequest = { do: 'order', order: { order: 'look', look: { at: 'county' } }, minutes: 10 };
const mute: WallRequest = { do: 'order', order: { order: 'mute' }, minutes: 60 };

/** Keeps what a screen hears, and waits until the last of it is what it is to be. */
class Ear<T> {
  readonly heard: T[] = [];
  #wake = () => {};

  hear = (message: T): void => {
    this.heard.push(message);
    this.#wake();
  };

  async until(isIt: (message: T) => boolean): Promise<T> {
    for (;;) {
      const last = this.heard.at(-1);
      if (last !== undefined && isIt(last)) return last;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

async function seat(cookie: string) {
  const socket = web.socket(cookie);
  const [walls, orders] = [new Ear<ConnectedWalls>(), new Ear<WallOrders>()];
  socket.on('walls', walls.hear);
  socket.on('wallOrders', orders.hear);
  await connect(socket);
  return { socket, walls, orders };
}

const direct = (as: string, account: string, body: WallRequest) =>
  web.call('POST', `/api/v1/walls/${account}/orders`, { as, body });

test('a wall says what it shows → the desk sees it → looks and mutes → the wall hears, the record has it → both end', async () => {
  const cookie = await enter(web, 'dispatcher', zeguo, 'd-zeguo');
  const wallCookie = await enter(web, 'wall', zeguo, 'w-zeguo');
  const desk = await seat(cookie);
  const wall = await seat(wallCookie);
  wall.socket.emit('showing', shown);
  const { walls } = await desk.walls.until((message) => message.walls.length > 0);
  expect(walls).toEqual([
    { account: 'w-zeguo', name: '测试 w-zeguo', area: zeguo, screens: [shown], orders: [] },
  ]);

  expect((await direct(cookie, 'w-zeguo', look)).status).toBe(204);
  expect(writer.taken.at(-1)).toMatchObject({
    act: 'direct-wall',
    subject: 'w-zeguo',
    detail: 'look at the county for 10 min',
  });
  const { orders } = await wall.orders.until((message) => message.orders.length === 1);
  expect(orders[0]).toMatchObject({ order: { look: { at: 'county' } }, by: '测某' });
  expect((await direct(cookie, 'w-zeguo', mute)).status).toBe(204);
  await desk.walls.until((message) => message.walls[0]?.orders.length === 2);
  expect(desk.walls.heard.at(-1)?.walls[0]?.orders[0]?.by).toBe('测试 d-zeguo');

  web.advance(11 * 60_000);
  const again = await seat(wallCookie);
  again.socket.emit('showing', shown);
  const left = await again.orders.until(() => true);
  expect(left.orders.map(({ order }) => order.order)).toEqual(['mute']);
  expect((await direct(cookie, 'w-zeguo', { do: 'release', kinds: ['mute'] })).status).toBe(204);
  await wall.orders.until((message) => message.orders.length === 0);
  wall.socket.disconnect();
  again.socket.disconnect();
  await desk.walls.until((message) => message.walls.length === 0);
});

test('a wall of another area is neither told of nor driven; a wall and a viewer drive none', async () => {
  const wall = await seat(await enter(web, 'wall', songmen, 'w-songmen'));
  wall.socket.emit('showing', shown);
  const commander = await enter(web, 'commander');
  const county = await seat(commander);
  await county.walls.until((message) => message.walls.some(({ account }) => account === 'w-songmen'));
  const stranger = await enter(web, 'dispatcher', zeguo, 'd2-zeguo');
  const desk = await seat(stranger);
  await desk.walls.until(() => true);
  expect(desk.walls.heard.flatMap(({ walls }) => walls)).toEqual([]);
  const before = writer.taken.length;
  expect((await direct(stranger, 'w-songmen', mute)).status).toBe(404);
  expect((await direct(commander, 'nobody', mute)).status).toBe(404);
  for (const role of ['wall', 'viewer', 'responder', 'auditor'] as const)
    expect((await direct(await enter(web, role, songmen, `x-${role}`), 'w-songmen', mute)).status).toBe(403);
  expect(writer.taken).toHaveLength(before);
  expect(wall.walls.heard).toEqual([]);
  const forever = await web.call('POST', '/api/v1/walls/w-songmen/orders', {
    as: commander,
    body: { ...mute, minutes: 100_000 },
  });
  expect(forever.status).toBe(400);
});
