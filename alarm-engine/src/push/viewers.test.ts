import type { ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import { pino } from 'pino';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Reach } from '../access/reach.ts';
import type { LoggedChangeRow } from '../store/sql/list-changes.ts';
import { RecentChanges } from './recent-changes.ts';
import { Viewers } from './viewers.ts';

const county = { county: '331081', area: '331081', unit: null };
const zeguo = { county: '331081', area: '331081100', unit: null };
const songmen = { county: '331081', area: '331081101', unit: null };

let recent: RecentChanges;
let sent: { to: string[]; message: ChangesMessage | 'snapshot' }[];
let viewers: Viewers;
let backlog: Map<string, number>;
let readSnapshot: (reach: Reach) => Promise<Snapshot>;

beforeEach(() => {
  vi.useFakeTimers();
  recent = new RecentChanges(100);
  sent = [];
  backlog = new Map();
  readSnapshot = async () => ({ no: recent.head }) as Snapshot;
  viewers = new Viewers({
    tail: {
      get recent() {
        return recent;
      },
      look: async () => {},
    },
    readSnapshot: (reach) => readSnapshot(reach),
    outlet: {
      snapshot: (id) => sent.push({ to: [id], message: 'snapshot' }),
      changes: (to, message) => sent.push({ to, message }),
    },
    clock: () => 0,
    log: pino({ level: 'silent' }),
  });
  return () => vi.useRealTimers();
});

function changes(...areas: string[]): void {
  const rows = areas.map((area, i): LoggedChangeRow => {
    return {
      no: recent.head + 1 + i,
      topic: 'alarm',
      key: area,
      area,
      wasArea: null,
      units: null,
      wasUnits: null,
      scattered: null,
      doc: {},
    };
  });
  recent.append(rows);
}

async function join(id: string, reach: Reach, after: number | null = recent.head): Promise<void> {
  viewers.join({ id, backlogBytes: () => backlog.get(id) ?? 0 }, reach);
  await viewers.follow(id, after);
}

/** What was sent since the last look: who got which numbers and how many changes. */
function told() {
  return sent.splice(0).map(({ to, message }) => {
    if (message === 'snapshot') return `${to} snapshot`;
    return `${to.join('+')} (${message.after},${message.no}] ${message.changes.length}`;
  });
}

test('screens of one area at one place share a message; each hears of its area only', async () => {
  await join('a', zeguo);
  await join('b', zeguo);
  await join('c', songmen);
  await join('d', county);
  told();
  changes('331081100', '331081100', '331081101');
  viewers.flush();
  expect(told()).toEqual(['a+b (100,103] 2', 'c (100,103] 1', 'd (100,103] 3']);
});

test('whom nothing concerns is told the number once a second, so that it can come back with it', async () => {
  await join('a', songmen);
  told();
  changes('331081100');
  viewers.flush();
  changes('331081100');
  viewers.flush();
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(1000);
  viewers.flush();
  expect(told()).toEqual(['a (100,102] 0']);
  viewers.flush();
  expect(told()).toEqual([]);
  changes('331081101');
  viewers.flush();
  expect(told()).toEqual(['a (102,103] 1']);
});

test('a snapshot ahead of the tail: what it holds already is not told again', async () => {
  readSnapshot = async () => ({ no: 103 }) as Snapshot;
  await join('a', county, null);
  changes('331081100', '331081100');
  viewers.flush();
  changes('331081100', '331081100');
  viewers.flush();
  expect(told()).toEqual(['a snapshot', 'a (103,104] 1']);
});

test('a snapshot behind the tail: what it does not hold yet is told', async () => {
  readSnapshot = async () => ({ no: 100 }) as Snapshot;
  changes('331081100', '331081100');
  await join('a', county, null);
  viewers.flush();
  expect(told()).toEqual(['a snapshot', 'a (100,102] 2']);
});

test('more than a megabyte behind: nothing more, then a snapshot when it has drained', async () => {
  await join('a', county);
  told();
  changes('331081100');
  viewers.flush();
  expect(told()).toEqual(['a (100,101] 1']);
  backlog.set('a', 1024 * 1024 + 1);
  changes('331081100');
  viewers.flush();
  backlog.set('a', 1);
  changes('331081100');
  viewers.flush();
  expect(told()).toEqual([]);
  backlog.set('a', 0);
  viewers.flush();
  await vi.advanceTimersByTimeAsync(0);
  changes('331081100');
  viewers.flush();
  expect(told()).toEqual(['a snapshot', 'a (103,104] 1']);
});

test('a snapshot larger than a megabyte on a slow line is waited for, not sent over and over', async () => {
  await join('a', county, null);
  told();
  backlog.set('a', 5 * 1024 * 1024);
  changes('331081100');
  viewers.flush();
  expect(told()).toEqual([]);
  backlog.set('a', 1000);
  viewers.flush();
  expect(told()).toEqual(['a (100,101] 1']);
});

test('a snapshot that cannot be read is tried again, a second later', async () => {
  let tries = 0;
  readSnapshot = async () => {
    tries += 1;
    if (tries === 1) throw new Error('the database is away');
    return { no: recent.head } as Snapshot;
  };
  await join('a', county, null);
  viewers.flush();
  await vi.advanceTimersByTimeAsync(500);
  viewers.flush();
  expect([tries, told()]).toEqual([1, []]);
  await vi.advanceTimersByTimeAsync(500);
  viewers.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect([tries, told()]).toEqual([2, ['a snapshot']]);
});

test('who asks in a loop gets one snapshot a second', async () => {
  await join('a', county, null);
  for (let i = 0; i < 20; i += 1) {
    await viewers.follow('a', null);
    await vi.advanceTimersByTimeAsync(100);
    viewers.flush();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(told().filter((line) => line.endsWith('snapshot')).length).toBeLessThanOrEqual(3);
});

test('another area while its snapshot is being read: the old one is never sent', async () => {
  const held = Promise.withResolvers<void>();
  const asked: string[] = [];
  readSnapshot = async ({ area }) => {
    asked.push(area);
    if (asked.length === 1) await held.promise;
    return { no: recent.head } as Snapshot;
  };
  viewers.join({ id: 'a', backlogBytes: () => 0 }, zeguo);
  const following = viewers.follow('a', null);
  await vi.advanceTimersByTimeAsync(0);
  viewers.rescope('a', songmen);
  held.resolve();
  await following;
  expect(told()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  viewers.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect([asked, told()]).toEqual([[zeguo.area, songmen.area], ['a snapshot']]);
});

test('a screen that left while its snapshot was read is sent nothing', async () => {
  viewers.join({ id: 'a', backlogBytes: () => 0 }, county);
  const following = viewers.follow('a', null);
  viewers.leave('a');
  await following;
  viewers.flush();
  expect([told(), viewers.count]).toEqual([[], 0]);
});

test('ordered to a case elsewhere → the ticket, and behind it a snapshot; its neighbour of no unit hears nothing', async () => {
  await join('team', { ...zeguo, unit: 'U-team' });
  await join('room', zeguo);
  told();
  const row = { no: recent.head + 1, topic: 'ticket', key: 'T', area: songmen.area, wasArea: null };
  recent.append([{ ...row, units: ['U-team'], wasUnits: [], scattered: null, doc: { incident: 'I' } }]);
  viewers.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(['team (100,101] 1', 'team snapshot']);
});
