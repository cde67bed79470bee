import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Player, type TimedAct } from './player.ts';
import { SetOffLog } from './set-off-log.ts';

const fail = (error: Error) => {
  throw error;
};
let folder: string;
let log: SetOffLog;
let sent: { device: string; message: DeviceMessage }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-player-'));
  log = newLog();
  sent = [];
});
afterEach(async () => {
  await log.flush();
  await rm(folder, { recursive: true });
});

test('sets off when due, puts out when due, in its own time', async () => {
  const player = newPlayer();
  player.queue([smoke('D1', 1_000, 91_000)]);
  player.tick(999);
  expect(sent).toEqual([]);
  player.tick(1_000);
  expect(sent).toEqual([{ device: 'D1', message: { id: 'run-1', ts: 1_000, kind: 'smoke', value: 7 } }]);
  player.tick(90_999);
  expect(sent).toHaveLength(1);
  player.tick(91_000);
  expect(sent[1]).toEqual({
    device: 'D1',
    message: { id: 'run-2', ts: 91_000, kind: 'smoke', state: 'normal' },
  });
  await stored();
  player.tick(92_000);
  expect(sent).toHaveLength(2);
});

test('a lit device is not set off again', () => {
  const player = newPlayer();
  player.queue([smoke('D1', 1_000, 91_000), smoke('D1', 2_000, 92_000)]);
  player.tick(2_000);
  expect(sent).toHaveLength(1);
});

test('what was slept through is not caught up on', () => {
  const player = newPlayer();
  player.queue([smoke('D1', 1_000, 91_000)]);
  player.tick(10 * 60_000);
  expect(sent).toEqual([]);
  expect(player.waiting).toBe(0);
});

test('killed while a device is lit, started again: the device is put out', async () => {
  const first = newPlayer();
  first.queue([smoke('D1', 1_000, 91_000)]);
  first.tick(1_000);
  await log.flush();
  log = newLog();
  await log.load();
  expect(log.isLit('D1')).toBe(true);
  newPlayer().tick(200_000);
  expect(sent.at(-1)).toMatchObject({ device: 'D1', message: { state: 'normal' } });
  await stored();
  expect(log.isLit('D1')).toBe(false);
});

test('a message that was not stored is sent again', async () => {
  let down = true;
  const player = newPlayer(async () => {
    if (down) throw new Error('link down');
  });
  player.queue([smoke('D1', 1_000, 2_000)]);
  player.tick(1_000);
  player.tick(2_000);
  await stored();
  expect(log.isLit('D1')).toBe(true);
  down = false;
  player.tick(3_000);
  await stored();
  expect(log.isLit('D1')).toBe(false);
});

test('a server that answers nothing is told 64 things and no more', () => {
  const player = newPlayer(() => new Promise(() => {}));
  player.queue(Array.from({ length: 100 }, (_, i) => smoke(`D${i}`, 1_000, 91_000)));
  player.tick(1_000);
  expect(sent).toHaveLength(64);
});

test('an alarm is of a set-off when it was raised around it', () => {
  const player = newPlayer();
  player.queue([smoke('D1', 1_000_000, 1_091_000)]);
  player.tick(1_000_000);
  expect(log.find('D1', 1_000_300)?.story).toBe('nuisance');
  expect(log.find('D1', 2_000_000)).toBeNull();
  expect(log.find('D2', 1_000_300)).toBeNull();
});

test('a damaged file is an empty one, and the file is for its owner only', async () => {
  log.add({
    device: 'D',
    kind: 'smoke',
    story: 'fire',
    found: null,
    at: 1,
    endsAt: 2,
    ended: false,
    incident: null,
  });
  await log.flush();
  expect(JSON.parse(await readFile(join(folder, 'ambient.json'), 'utf8'))).toHaveLength(1);
  const damaged = new SetOffLog({ file: join(folder, 'nothing.json'), onError: fail });
  await damaged.load();
  expect(damaged.entries).toEqual([]);
});

function newLog(): SetOffLog {
  return new SetOffLog({ file: join(folder, 'ambient.json'), onError: fail });
}

function newPlayer(store: () => Promise<void> = async () => {}): Player {
  const send = (device: string, message: DeviceMessage) => {
    sent.push({ device, message });
    return store();
  };
  return new Player({ log, send, run: 'run', onError: () => {} });
}

/** Lets the answers of `send` arrive. */
function stored(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function smoke(device: string, beginsAt: number, endsAt: number): TimedAct {
  const moment = { atS: 0, afterS: 0 };
  const message = { kind: 'smoke', value: 7 } as const;
  const act = {
    happening: device,
    story: 'nuisance',
    device,
    found: null,
    message,
    begins: moment,
    ends: moment,
  } as const;
  return { act, beginsAt, endsAt };
}
