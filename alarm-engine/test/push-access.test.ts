import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAlarm } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, next, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb({ sessionRecheckMs: 100 });
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ id: 'A-zeguo', area: `${zeguo}203` }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-songmen', area: `${songmen}207` }) },
  );
});
afterAll(() => web.stop());

test.each([['websocket'], ['polling']])('strangers are refused by %s, and told why', async (transport) => {
  for (const cookie of [null, `fenghuo_session=${'A'.repeat(43)}`, 'other=1']) {
    const refused = connect(web.socket(cookie, { transports: [transport] }));
    await expect(refused).rejects.toMatchObject({
      message: 'not-signed-in',
      data: { reason: 'not-signed-in' },
    });
  }
});

test('a stranger who does not wait for the answer is told nothing', async () => {
  const socket = web.socket(null);
  const heard: string[] = [];
  socket.onAny((event) => heard.push(event));
  socket.emit('follow', { after: null });
  await expect(connect(socket)).rejects.toThrow();
  expect(heard).toEqual([]);
});

test.each([['websocket'], ['polling']])(
  'a page from elsewhere is refused by %s, with a good cookie too',
  async (transport) => {
    const cookie = await enter(web, 'viewer', zeguo, `viewer-${transport}`);
    const from = (origin: string) =>
      connect(
        web.socket(cookie, { transports: [transport], extraHeaders: { Cookie: cookie, Origin: origin } }),
      );
    for (const origin of ['http://evil.example', 'null', `${web.url}0`])
      await expect(from(origin)).rejects.toThrow();
    expect((await from(web.url)).connected).toBe(true);
  },
);

test('sign-out closes the sockets of that session and of no other', async () => {
  const [mine, other] = [await enter(web, 'dispatcher'), await web.signIn('dispatcher')];
  const [closed, open] = [await connect(web.socket(mine)), await connect(web.socket(other))];
  const goodbye = new Promise((resolve) => closed.once('disconnect', resolve));
  await web.call('DELETE', '/api/v1/session', { as: mine });
  expect(await goodbye).toBe('io server disconnect');
  expect(open.connected).toBe(true);
});

test('a disabled account loses its sockets at the next check', async () => {
  const socket = await connect(web.socket(await enter(web, 'viewer')));
  const goodbye = new Promise((resolve) => socket.once('disconnect', resolve));
  await web.pool.query(`update fenghuo.account set disabled = true where name = 'viewer'`);
  expect(await goodbye).toBe('io server disconnect');
});

test('an account that is given another area sees that one, and no longer the old', async () => {
  const socket = await connect(web.socket(await enter(web, 'dispatcher', zeguo, 'moved')));
  socket.emit('follow', { after: null });
  expect((await next(socket, 'snapshot')).alarms.map(({ id }) => id)).toEqual(['A-zeguo']);
  const moved = next(socket, 'snapshot');
  await web.pool.query(`update fenghuo.account set area = $1 where name = 'moved'`, [songmen]);
  expect((await moved).alarms.map(({ id }) => id)).toEqual(['A-songmen']);
});

test('an open socket keeps its session in use', async () => {
  const cookie = await enter(web, 'commander');
  const socket = await connect(web.socket(cookie));
  await web.pool.query(
    `update fenghuo.session set last_used_at = now() - interval '11 hours' where account = 'commander'`,
  );
  const used = async () => {
    const { rows } = await web.pool.query(
      `select now() - last_used_at < interval '1 hour' as used from fenghuo.session where account = 'commander'`,
    );
    return rows[0].used;
  };
  await expect.poll(used, { timeout: 5000 }).toBe(true);
  expect(socket.connected).toBe(true);
});
