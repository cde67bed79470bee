import { expect, test } from 'vitest';
import { devicesPerPage, LastSeen } from './last-seen.ts';

const second = 1000;
const drain = (seen: LastSeen) => [...seen.drainPages()].flat();
const heard = (page: { bytes: Buffer }, no: number) => page.bytes.readUInt32BE((no % devicesPerPage) * 4);

test('what was heard is written down by pages, each once, with the newest time, and not again', () => {
  const seen = new LastSeen();
  seen.touch(3, 100 * second);
  seen.touch(70_000, 150 * second);
  seen.touch(3, 200 * second);
  const pages = drain(seen);
  expect(pages.map(({ no }) => no)).toEqual([0, Math.floor(70_000 / devicesPerPage)]);
  expect([heard(pages[0]!, 3), heard(pages[0]!, 4), heard(pages[1]!, 70_000)]).toEqual([200, 0, 150]);
  expect(drain(seen)).toEqual([]);
  seen.keepPages(pages.slice(0, 1));
  seen.touch(3, 300 * second);
  expect(drain(seen).map((page) => heard(page, 3))).toEqual([300]);
});

test('time never goes back, and nobody is nobody', () => {
  const seen = new LastSeen();
  seen.touch(0, 200);
  drain(seen);
  seen.touch(0, 100);
  seen.touch(-1, 300);
  expect(seen.at(0)).toBe(200);
  expect(seen.at(1)).toBeNull();
  expect(seen.at(1_000_000)).toBeNull();
  expect(drain(seen)).toEqual([]);
});

test('what is restored counts, to the second, and is not flushed; what was heard since stands', () => {
  const before = new LastSeen();
  before.touch(5_000, Date.UTC(2039, 0, 1) + 7);
  before.touch(5_001, 5 * second);
  const seen = new LastSeen();
  seen.touch(5_001, 9 * second);
  drain(seen);
  for (const page of drain(before)) seen.restore(page);
  expect([seen.at(5_000), seen.at(5_001)]).toEqual([Date.UTC(2039, 0, 1), 9 * second]);
  expect(drain(seen)).toEqual([]);
});

test('a clock that is put back: what was heard later counts as heard now, and time goes on from there', () => {
  const seen = new LastSeen();
  seen.touch(0, 900);
  seen.touch(1, 400);
  seen.holdBefore(500);
  expect([seen.at(0), seen.at(1)]).toEqual([500, 400]);
  seen.touch(0, 501);
  expect(seen.at(0)).toBe(501);
});

test('online are those heard within the window, cameras apart', () => {
  const seen = new LastSeen();
  seen.touch(0, 900);
  seen.touch(1, 900);
  seen.touch(2, 100);
  seen.touch(3, 899);
  expect(seen.countOnline(1_000, 100, Uint8Array.of(0, 1, 0, 0, 0))).toEqual({
    detectors: 1,
    cameras: 1,
    neverHeard: 1,
  });
  expect(seen.countOnline(1_000, 5_000, Uint8Array.of(0, 1, 0, 0, 0))).toEqual({
    detectors: 3,
    cameras: 1,
    neverHeard: 1,
  });
});

test('a flush comes in parts; what is heard of a part that is gone belongs to the next flush', () => {
  const seen = new LastSeen();
  for (let page = 0; page < 100; page++) seen.touch(page * devicesPerPage, second);
  const parts = seen.drainPages();
  expect(parts.next().value).toHaveLength(64);
  seen.touch(0, 2 * second);
  seen.touch(99 * devicesPerPage, 2 * second);
  const rest = [...parts].flat();
  expect([rest.length, heard(rest.at(-1)!, 0)]).toEqual([36, 2]);
  expect(drain(seen).map(({ no }) => no)).toEqual([0]);
});
