import type { ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAlarm, aTicket, noon, type RecordChange } from './records.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { connect, enter, type ScreenSocket, startTestWeb, type TestWeb } from './test-web.ts';

const scopes = { wall: county, zeguo, village: `${zeguo}203`, songmen };
const areas = ['', zeguo, `${zeguo}203`, `${zeguo}203-02`, songmen, `${songmen}207-01`];

let web: TestWeb;
const cookies = new Map<string, string>();
beforeAll(async () => {
  web = await startTestWeb();
  for (const [name, area] of Object.entries(scopes))
    cookies.set(area, await enter(web, 'dispatcher', area, name));
});
afterAll(() => web.stop());

/** A screen's state, built from nothing but what the socket says, and strict about numbers. */
class Screen {
  no: number | null = null;
  snapshots = 0;
  readonly #alarms = new Map<string, number>();
  readonly #tickets = new Map<string, number>();
  readonly faults: string[] = [];

  /** `alarm A-1 3` for each open record. */
  get open(): string[] {
    const lines = (name: string, records: Map<string, number>) =>
      [...records].map(([id, version]) => `${name} ${id} ${version}`);
    return [...lines('alarm', this.#alarms), ...lines('ticket', this.#tickets)].sort();
  }

  attach(socket: ScreenSocket): void {
    socket.on('snapshot', (message) => this.#take(message));
    socket.on('changes', (message) => this.#apply(message));
    socket.emit('follow', { after: this.no });
  }

  #take({ no, alarms, tickets }: Snapshot): void {
    if (this.no !== null && no < this.no) this.faults.push(`snapshot ${no} after ${this.no}`);
    this.snapshots += 1;
    this.no = no;
    this.#alarms.clear();
    this.#tickets.clear();
    for (const { id, version } of alarms) this.#alarms.set(id, version);
    for (const { id, version } of tickets) this.#tickets.set(id, version);
  }

  #apply({ after, no, changes }: ChangesMessage): void {
    if (after !== this.no) this.faults.push(`changes after ${after} while at ${this.no}`);
    this.no = no;
    for (const { topic, key, doc } of changes) {
      const records = topic === 'alarm' ? this.#alarms : this.#tickets;
      const known = records.get(key);
      if (doc === null || !('version' in doc)) records.delete(key);
      else if ('closedAt' in doc && doc.closedAt !== null) records.delete(key);
      else if (known !== undefined && doc.version <= known)
        this.faults.push(`${key} went back to ${doc.version}`);
      else records.set(key, doc.version);
    }
  }
}

async function openInDatabase(area: string): Promise<string[]> {
  const inside = area === county ? '%' : `${area}%`;
  const { rows } = await web.pool.query<{ line: string }>(
    `select 'alarm ' || id || ' ' || (doc ->> 'version') as line from fenghuo.alarm
       where closed_at is null and area like $1
     union all
     select 'ticket ' || id || ' ' || (doc ->> 'version') from fenghuo.ticket
       where closed_at is null and area like $1`,
    [inside],
  );
  return rows.map(({ line }) => line).sort();
}

interface Act {
  topic: 'alarm' | 'ticket';
  id: number;
  area: number;
  closes: boolean;
}
const act: fc.Arbitrary<Act> = fc.record({
  topic: fc.constantFrom('alarm', 'ticket'),
  id: fc.nat(11),
  area: fc.nat(areas.length - 1),
  closes: fc.boolean(),
});
const script = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 40, maxLength: 120 });
/** When a screen connects, and how often it loses its connection; in transactions of the writer. */
const visit = fc.record({
  scope: fc.constantFrom(...Object.values(scopes)),
  at: fc.nat(100),
  drops: fc.array(fc.nat(100), { maxLength: 3 }),
});

/** What the writer would make of an act: the record's next version, and where it was. */
function changeOf(
  known: Map<string, { version: number; area: string }>,
  { topic, id, area, closes }: Act,
): RecordChange {
  const key = `${topic}-${id}`;
  const before = known.get(key);
  const [version, to] = [(before?.version ?? 0) + 1, areas[area]!];
  known.set(key, { version, area: to });
  const of = { id: key, area: to, version, closedAt: closes ? noon : null };
  const doc = topic === 'alarm' ? anAlarm(of) : aTicket(of);
  return { topic, doc, ...(before === undefined || before.area === to ? {} : { wasArea: before.area }) };
}

test('whatever is written while screens come and go, each ends up with what the database holds for it', async () => {
  const known = new Map<string, { version: number; area: string }>();
  await fc.assert(
    fc.asyncProperty(
      script,
      fc.array(visit, { minLength: 6, maxLength: 12 }),
      async (transactions, visits) => {
        const screens = visits.map((one) => ({
          ...one,
          screen: new Screen(),
          socket: null as ScreenSocket | null,
          entered: Promise.resolve(),
        }));
        const enterAgain = async (one: (typeof screens)[number]) => {
          one.socket?.disconnect();
          one.socket = web.socket(cookies.get(one.scope)!);
          one.screen.attach(await connect(one.socket));
        };
        for (const [i, acts] of transactions.entries()) {
          for (const one of screens)
            if (one.at === i || (i > one.at && one.drops.includes(i)))
              one.entered = one.entered.then(() => enterAgain(one));
          await web.writer.write(...acts.map((one) => changeOf(known, one)));
        }
        await Promise.all(screens.map((one) => one.entered));
        for (const one of screens) if (one.socket === null) await enterAgain(one);
        for (const { screen, scope, socket } of screens) {
          await expect.poll(() => screen.no, { timeout: 10_000 }).toBe(web.writer.no);
          expect(screen.faults).toEqual([]);
          expect(screen.open).toEqual(await openInDatabase(scope));
          socket?.disconnect();
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
});

test('a gap in the log is waited for and never skipped', async () => {
  const socket = await connect(web.socket(cookies.get(county)!));
  const screen = new Screen();
  screen.attach(socket);
  await expect.poll(() => screen.no).toBe(web.writer.no);
  const late = new pg.Client(web.databaseUrl);
  await late.connect();
  const no = web.writer.no;
  const insert = (number: number, id: string) =>
    late.query(
      `insert into fenghuo.change_log (county, no, at, topic, key, area, doc)
       values ('331081', $1, now(), 'alarm', $2, '331081100', $3)`,
      [number, id, anAlarm({ id, area: zeguo })],
    );
  await insert(no + 2, 'A-second');
  await late.query(`select pg_notify('fenghuo_change', '331081:${no + 2}')`);
  const witness = await connect(web.socket(cookies.get(zeguo)!));
  const answered = new Promise((resolve) => witness.once('changes', resolve));
  witness.emit('follow', { after: no });
  expect(await answered).toMatchObject({ no, changes: [] });
  await insert(no + 1, 'A-first');
  await late.query(`select pg_notify('fenghuo_change', '331081:${no + 2}')`);
  await expect.poll(() => screen.no).toBe(no + 2);
  expect(screen.faults).toEqual([]);
  await late.end();
});

test('a missed notification is made up for; a log that was cut behind the tail means a snapshot', async () => {
  const socket = await connect(web.socket(cookies.get(county)!));
  const screen = new Screen();
  screen.attach(socket);
  await expect.poll(() => screen.no).not.toBe(null);
  const before = screen.no!;
  const { snapshots } = screen;
  const silent = new pg.Client(web.databaseUrl);
  await silent.connect();
  const write = (no: number) =>
    silent.query(
      `insert into fenghuo.change_log (county, no, at, topic, key, area, doc)
       values ('331081', $1, now(), 'alarm', 'A-silent', '331081100', $2)`,
      [no, anAlarm({ id: `A-silent`, area: zeguo, version: no })],
    );
  await write(before + 1);
  await expect.poll(() => screen.no, { timeout: 3000 }).toBe(before + 1);
  expect(screen.snapshots).toBe(snapshots);
  await silent.query('delete from fenghuo.change_log');
  await write(before + 500);
  await expect.poll(() => screen.no, { timeout: 5000 }).toBe(before + 500);
  expect(screen.snapshots).toBe(snapshots + 1);
  await silent.end();
});

test('a screen that does not read gets no more than its megabyte, and a snapshot when it reads again', async () => {
  const own = await startTestWeb();
  const cookie = await enter(own, 'wall');
  const socket = await connect(own.socket(cookie));
  const screen = new Screen();
  screen.attach(socket);
  await expect.poll(() => screen.no).toBe(0);
  const { engine } = socket.io as unknown as { engine: { transport: { ws: { _socket: StoppableStream } } } };
  const stream = engine.transport.ws._socket;
  stream.pause();
  const filler = 'x'.repeat(20_000);
  const doc = (version: number) =>
    ({ ...anAlarm({ id: 'A-big', area: zeguo, version }), title: { zh: filler, en: filler } }) as never;
  const writes = 30;
  const each = 25;
  for (let i = 0; i < writes; i += 1)
    await own.writer.write(
      ...Array.from({ length: each }, (_, j) => ({ topic: 'alarm' as const, doc: doc(i * each + j + 1) })),
    );
  const seenBefore = screen.no!;
  stream.resume();
  await expect.poll(() => screen.no, { timeout: 20_000 }).toBe(own.writer.no);
  expect(screen.faults).toEqual([]);
  expect(screen.snapshots).toBe(2);
  expect(seenBefore).toBeLessThan(own.writer.no);
  const written = own.writer.no * 2 * filler.length;
  expect(stream.bytesRead).toBeLessThan(written / 2);
  expect(screen.open).toEqual([`alarm A-big ${own.writer.no}`]);
  await own.stop();
});

interface StoppableStream {
  pause(): void;
  resume(): void;
  bytesRead: number;
}
