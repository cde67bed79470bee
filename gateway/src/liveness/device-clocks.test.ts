import { expect, test } from 'vitest';
import { nativeCodec } from '../codecs/native-codec.ts';
import type { DeviceEvent } from '../device-event.ts';
import { readTopic } from '../read-topic.ts';
import { DeviceClocks } from './device-clocks.ts';

const topic = 'fenghuo/v1/331081/smoke-1/event';
const hour = 3_600_000;
const now = Date.UTC(2026, 7, 1);

function said(
  ts: number | undefined,
  at: number,
  more: { attrs?: object; delayed?: boolean } = {},
): DeviceEvent {
  const { attrs, delayed = false } = more;
  const decoded = nativeCodec.decode(
    {
      ...{ topic: readTopic(topic), retained: false, delayed, source: 'test', receivedAt: at },
      payload: Buffer.from(JSON.stringify({ kind: 'smoke', ts, attrs })),
    },
    () => true,
  );
  return decoded.events![0]!;
}

test('a clock of 1970 → flagged once, since its first event → right again → cleared', () => {
  const clocks = new DeviceClocks();
  clocks.note(7, said(0, now));
  clocks.note(7, said(1000, now + 1000));
  expect(clocks.drainChanges()).toEqual([{ deviceNo: 7, fault: { since: now, offsetMs: -now } }]);
  expect(clocks.drainChanges()).toEqual([]);
  clocks.note(7, said(now + hour, now + hour));
  expect(clocks.drainChanges()).toEqual([{ deviceNo: 7, fault: null }]);
});

test('set ahead to 2099, then off by an hour: since when it was first wrong, by how much it is now', () => {
  const clocks = new DeviceClocks();
  clocks.note(7, said(Date.UTC(2099, 0, 1), now));
  clocks.note(7, said(now + 2 * hour, now + hour));
  expect(clocks.drainChanges()).toEqual([{ deviceNo: 7, fault: { since: now, offsetMs: hour } }]);
});

test('a spooled, a redelivered and an undated event say nothing of the clock; nor does an unknown device', () => {
  const clocks = new DeviceClocks();
  clocks.restore(7, { since: now, offsetMs: hour });
  clocks.note(7, said(now - hour, now, { attrs: { spooled: true } }));
  clocks.note(7, said(now - hour, now, { delayed: true }));
  clocks.note(7, said(undefined, now));
  clocks.note(-1, said(0, now));
  expect(clocks.drainChanges()).toEqual([]);
});

test('what could not be written down is drained again, as it then is', () => {
  const clocks = new DeviceClocks();
  clocks.note(7, said(0, now));
  clocks.keepChanges(clocks.drainChanges());
  clocks.note(7, said(now, now));
  expect(clocks.drainChanges()).toEqual([{ deviceNo: 7, fault: null }]);
});
