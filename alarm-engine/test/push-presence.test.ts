import type { Presence } from '@fenghuo/contracts/push.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anIncident } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, type ScreenSocket, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb();
  for (const [id, area] of [
    ['I-zeguo', `${zeguo}203-02`],
    ['I-songmen', `${songmen}207-01`],
  ] as const)
    await web.writer.write({ topic: 'incident', doc: anIncident({ id, area }) });
});
afterAll(() => web.stop());

/** A screen that keeps all that it hears of presence, and waits for what it is to hear. */
class Seat {
  readonly socket: ScreenSocket;
  readonly heard: Presence[] = [];
  #wake = () => {};

  private constructor(socket: ScreenSocket) {
    this.socket = socket;
    socket.on('presence', (message) => {
      this.heard.push(message);
      this.#wake();
    });
  }

  static async take(cookie: string): Promise<Seat> {
    const seat = new Seat(web.socket(cookie));
    await connect(seat.socket);
    return seat;
  }

  async hears(incident: string, names: string[]): Promise<void> {
    for (;;) {
      const who = this.heard.at(-1)?.looking.find((each) => each.incident === incident)?.who ?? [];
      if (this.heard.length > 0 && who.map(({ name }) => name).join() === names.join()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

test('a dispatcher looks at a case → the room sees it, a wall sees no whole name, elsewhere nothing; gone → nobody', async () => {
  const dispatcher = await enter(web, 'dispatcher', zeguo, 'd-zeguo');
  const room = await Seat.take(await enter(web, 'commander', zeguo, 'c-zeguo'));
  const wall = await Seat.take(await enter(web, 'wall', zeguo, 'w-zeguo'));
  const elsewhere = await Seat.take(await enter(web, 'dispatcher', songmen, 'd-songmen'));
  const looker = await Seat.take(dispatcher);
  looker.socket.emit('look', { incident: 'I-zeguo', seat: '席位 2' });
  await room.hears('I-zeguo', ['测试 d-zeguo']);
  expect(room.heard.at(-1)).toEqual({
    looking: [{ incident: 'I-zeguo', who: [{ account: 'd-zeguo', name: '测试 d-zeguo', seat: '席位 2' }] }],
  });
  await wall.hears('I-zeguo', ['测某']);
  expect(wall.heard.at(-1)?.looking[0]?.who[0]?.account).toBe('');
  elsewhere.socket.emit('look', { incident: 'I-zeguo', seat: '' });
  elsewhere.socket.emit('look', { incident: 'I-songmen', seat: '' });
  await elsewhere.hears('I-songmen', ['测试 d-songmen']);
  expect(JSON.stringify(elsewhere.heard)).not.toContain('zeguo');
  looker.socket.disconnect();
  await room.hears('I-zeguo', []);
  expect(JSON.stringify(room.heard)).not.toContain('songmen');
  const late = await Seat.take(await enter(web, 'commander'));
  await late.hears('I-songmen', ['测试 d-songmen']);
});

test('a wall looks at nothing, and what is no look says nothing', async () => {
  const wall = await Seat.take(await enter(web, 'wall', zeguo, 'w2-zeguo'));
  const looker = await Seat.take(await enter(web, 'commander', zeguo, 'c2-zeguo'));
  wall.socket.emit('look', { incident: 'I-zeguo', seat: '' });
  wall.socket.emit('look', { incident: 7 } as never);
  looker.socket.emit('look', { incident: 'I-zeguo', seat: '' });
  await wall.hears('I-zeguo', ['测某']);
  expect(wall.heard.flatMap(({ looking }) => looking.flatMap(({ who }) => who))).toHaveLength(1);
});
