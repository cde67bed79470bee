import type { Presence } from '@fenghuo/contracts/push.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anIncident, aTicket } from './records.ts';
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

  /** Who looks at a case, each with their seat where they have one. */
  #whoLooksAt(incident: string): string[] {
    const who = this.heard.at(-1)?.looking.find((each) => each.incident === incident)?.who ?? [];
    return who.map(({ name, seat }) => (seat === '' ? name : `${name} ${seat}`)).sort();
  }

  async hears(incident: string, names: string[]): Promise<void> {
    for (;;) {
      if (this.heard.length > 0 && this.#whoLooksAt(incident).join() === names.join()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

const sitDown = async (as: string, seat: string) =>
  expect((await web.call('PUT', '/api/v1/session/seat', { as, body: { seat } })).status).toBe(200);

test('a dispatcher looks at a case → the room sees it, a wall sees no whole name, elsewhere nothing; gone → nobody', async () => {
  const dispatcher = await enter(web, 'dispatcher', zeguo, 'd-zeguo');
  const room = await Seat.take(await enter(web, 'commander', zeguo, 'c-zeguo'));
  const wall = await Seat.take(await enter(web, 'wall', zeguo, 'w-zeguo'));
  const elsewhere = await Seat.take(await enter(web, 'dispatcher', songmen, 'd-songmen'));
  await sitDown(dispatcher, '席位 2');
  const looker = await Seat.take(dispatcher);
  looker.socket.emit('look', { incident: 'I-zeguo' });
  await room.hears('I-zeguo', ['测试 d-zeguo 席位 2']);
  expect(room.heard.at(-1)).toEqual({
    looking: [{ incident: 'I-zeguo', who: [{ account: 'd-zeguo', name: '测试 d-zeguo', seat: '席位 2' }] }],
  });
  await wall.hears('I-zeguo', ['测某 席位 2']);
  expect(wall.heard.at(-1)?.looking[0]?.who[0]?.account).toBe('');
  elsewhere.socket.emit('look', { incident: 'I-zeguo' });
  elsewhere.socket.emit('look', { incident: 'I-songmen' });
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
  wall.socket.emit('look', { incident: 'I-zeguo' });
  wall.socket.emit('look', { incident: 7 } as never);
  looker.socket.emit('look', { incident: 'I-zeguo' });
  await wall.hears('I-zeguo', ['测某']);
  expect(wall.heard.flatMap(({ looking }) => looking.flatMap(({ who }) => who))).toHaveLength(1);
});

test('two desks at one case, one in its area and one ordered to it: each sees the other’s seat; changed: the new one; let go: neither', async () => {
  const songmens = await enter(web, 'dispatcher', songmen, 'd3-songmen');
  await web.pool.query(`update fenghuo.account set unit = 'U-songmen' where name = 'd3-songmen'`);
  const zeguos = await enter(web, 'dispatcher', zeguo, 'd3-zeguo');
  await sitDown(songmens, '松门 1 席');
  await sitDown(zeguos, '席位 3');
  const ticket = (of: object) =>
    web.writer.write({
      ...{ topic: 'ticket', doc: aTicket({ id: 'T-3', area: `${zeguo}203-02`, incident: 'I-3' }) },
      ...of,
    });
  await web.writer.write({
    topic: 'incident',
    doc: anIncident({ id: 'I-3', area: `${zeguo}203-02`, ticket: 'T-3' }),
  });
  await ticket({ units: ['U-songmen'], wasUnits: [] });
  const [inside, ordered] = [await Seat.take(zeguos), await Seat.take(songmens)];
  const neighbour = await Seat.take(await enter(web, 'dispatcher', songmen, 'd4-songmen'));
  for (const seat of [inside, ordered, neighbour]) seat.socket.emit('look', { incident: 'I-3' });
  const names = ['测试 d3-songmen 松门 1 席', '测试 d3-zeguo 席位 3'];
  await inside.hears('I-3', names);
  await ordered.hears('I-3', names);
  await sitDown(zeguos, '席位 4');
  await ordered.hears('I-3', [names[0]!, '测试 d3-zeguo 席位 4']);
  await ticket({ units: [], wasUnits: ['U-songmen'] });
  await ordered.hears('I-3', []);
  await inside.hears('I-3', ['测试 d3-zeguo 席位 4']);
  expect(JSON.stringify(neighbour.heard)).not.toContain('I-3');
});
