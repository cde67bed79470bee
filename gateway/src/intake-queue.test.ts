import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEvent, Refused } from './device-event.ts';
import { type Delivery, IntakeQueue } from './intake-queue.ts';

const event = (
  deviceId: string,
  state: DeviceEvent['state'],
  seq: number,
  run: string | null = null,
): DeviceEvent => ({
  deviceId,
  run,
  at: seq,
  hasDeviceTime: true,
  ident: BigInt(seq),
  kind: 'smoke',
  state,
  value: null,
  unit: null,
  attrs: null,
  receivedAt: seq,
  late: false,
  delayed: false,
  skewed: false,
  retained: false,
  source: 'test',
});
const delivery = (of: DeviceEvent): Delivery => ({ event: of, acknowledge: () => {} });
const alarm = (deviceId: string, seq: number, run: string | null = null) =>
  delivery(event(deviceId, 'alarm', seq, run));
const reading = (deviceId: string, seq: number, run: string | null = null) =>
  delivery(event(deviceId, 'normal', seq, run));
const refused = (topic: string): Delivery => {
  const of: Refused = {
    reason: 'not-json',
    retained: false,
    source: 'test',
    principal: null,
    topic,
    bytes: new Uint8Array(),
    detail: '',
    receivedAt: 0,
  };
  return { refused: of, acknowledge: () => {} };
};
const queueOf = (...deliveries: Delivery[]): IntakeQueue => {
  const queue = new IntakeQueue();
  for (const one of deliveries) queue.push(one);
  return queue;
};
const seqs = (deliveries: Delivery[]) => deliveries.map(({ event }) => event?.at ?? -1);

test('readings of three devices, an alarm of a fourth → the alarm first', () => {
  expect(seqs(queueOf(reading('a', 1), reading('b', 2), reading('c', 3), alarm('d', 4)).take(10))).toEqual([
    4, 1, 2, 3,
  ]);
});

test('two readings of the alarming device → they go ahead of its alarm, and of the others', () => {
  const queue = queueOf(reading('a', 1), reading('b', 2), reading('a', 3), alarm('b', 4), alarm('a', 5));
  expect(seqs(queue.take(10))).toEqual([2, 4, 1, 3, 5]);
});

test('a reading after an alarm of the same device stays behind it and ahead of strangers', () => {
  expect(seqs(queueOf(reading('x', 1), alarm('a', 2), reading('a', 3)).take(10))).toEqual([2, 3, 1]);
});

test('alarms alone fill a take → readings still get an eighth of it', () => {
  const queue = queueOf(reading('x', 0));
  for (let i = 1; i <= 100; i++) queue.push(alarm(`a${i}`, i));
  expect(seqs(queue.take(16))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0]);
});

test('live backlog and drill backlog → the drill has 30 % of a take, behind live', () => {
  const queue = new IntakeQueue();
  for (let i = 0; i < 100; i++) queue.push(alarm(`d${i}`, 1_000 + i, 'run'));
  for (let i = 0; i < 100; i++) queue.push(reading(`l${i}`, i));
  const taken = queue.take(20).map(({ event }) => event!.run);
  expect(taken).toEqual([...Array(14).fill(null), ...Array(6).fill('run')]);
});

test('no live backlog → the drill has the whole take', () => {
  const queue = queueOf(reading('l', 1), ...Array.from({ length: 30 }, (_, i) => reading(`d${i}`, i, 'run')));
  expect(queue.take(20)).toHaveLength(20);
  expect(queue.take(20)).toHaveLength(11);
  expect(queue.take(20)).toEqual([]);
});

test('an event of a drill does not pull along what the same device has queued live', () => {
  expect(seqs(queueOf(reading('a', 1), reading('b', 2), alarm('b', 3, 'run')).take(10))).toEqual([1, 2, 3]);
});

test('refused messages travel with telemetry, a drill’s in its lane', () => {
  const taken = queueOf(refused('fenghuo-drill/v1/r/~/x'), refused('x'), alarm('a', 1)).take(10);
  expect(taken.map(({ refused }) => refused?.topic)).toEqual([undefined, 'x', 'fenghuo-drill/v1/r/~/x']);
});

test('ready is called when something comes into the empty queue, and not again before it is empty', () => {
  const queue = new IntakeQueue();
  let calls = 0;
  queue.onReady = () => calls++;
  queue.push(reading('a', 1));
  queue.push(reading('a', 2));
  expect(calls).toBe(1);
  queue.take(1);
  queue.push(reading('a', 3));
  expect(calls).toBe(1);
  queue.take(5);
  queue.push(reading('a', 4));
  expect(calls).toBe(2);
});

test('pressure rises at the bound and at twice the bound, falls with slack, and tells of it', () => {
  const queue = new IntakeQueue({ bound: 100 });
  let told = 0;
  const forget = queue.onRoom(() => told++);
  const pushed = (count: number) => {
    for (let i = 0; i < count; i++) queue.push(reading(`${i}`, i));
    return queue.pressure;
  };
  const taken = (count: number) => {
    queue.take(count);
    return [queue.pressure, told];
  };
  expect(pushed(99)).toBe('open');
  expect(pushed(1)).toBe('full');
  expect(queue.isFull).toBe(true);
  expect(pushed(100)).toBe('flooded');
  expect(taken(50)).toEqual(['flooded', 0]);
  expect(taken(1)).toEqual(['full', 1]);
  expect(taken(74)).toEqual(['full', 1]);
  expect(taken(1)).toEqual(['open', 2]);
  forget();
  pushed(100);
  expect(taken(1_000)).toEqual(['open', 2]);
});

test('few but large messages fill it as well', () => {
  const queue = new IntakeQueue({ byteBound: 100_000 });
  queue.push(reading('a', 1), 60_000);
  expect(queue.pressure).toBe('open');
  queue.push(reading('b', 2), 60_000);
  expect(queue.pressure).toBe('full');
  queue.take(1);
  expect(queue.pressure).toBe('open');
});

test('the wait of the oldest, whatever its lane', () => {
  expect(new IntakeQueue().oldestWaitMs(50)).toBe(0);
  expect(queueOf(alarm('a', 30), reading('b', 20), reading('c', 10, 'run')).oldestWaitMs(50)).toBe(40);
  expect(queueOf(alarm('a', 30), reading('b', 20)).oldestWaitMs(50)).toBe(30);
});

const step = fc.oneof(
  fc.record({
    push: fc.record({
      device: fc.constantFrom('a', 'b', 'c', 'd'),
      pressing: fc.boolean(),
      run: fc.constantFrom(null, 'run'),
    }),
  }),
  fc.record({ take: fc.nat(12) }),
  fc.record({ register: fc.constantFrom('a', 'b', 'c') }),
);

test('property: nothing is lost or doubled, no device is out of order, alarms wait for no stranger’s reading', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const queue = new IntakeQueue();
      const waiting = new Map<number, DeviceEvent>();
      const lastOf = new Map<string, number>();
      const numbers = new Map<string, number>();
      /** Alarms, what their devices had queued before them, and what followed while they waited. */
      const hurried = new Set<number>();
      let seq = 0;
      const check = (taken: Delivery[]) => {
        for (const { event } of taken) {
          expect(waiting.delete(event!.at)).toBe(true);
          const who = `${event!.run} ${event!.deviceId}`;
          expect(event!.at).toBeGreaterThan(lastOf.get(who) ?? -1);
          lastOf.set(who, event!.at);
        }
        expect(queue.size).toBe(waiting.size);
      };
      for (const one of steps) {
        if ('push' in one) {
          const { device, pressing, run } = one.push;
          const made = event(device, pressing ? 'alarm' : 'normal', seq++, run);
          const own = [...waiting.values()].filter((one) => one.run === run && one.deviceId === device);
          if (pressing || own.some((one) => hurried.has(one.at)))
            for (const one of [...own, made]) hurried.add(one.at);
          waiting.set(made.at, made);
          queue.push({ ...delivery(made), deviceNo: numbers.get(device) ?? -1 } as Delivery);
          continue;
        }
        if ('register' in one) {
          numbers.set(one.register, one.register.charCodeAt(0));
          continue;
        }
        const limit = one.take;
        const before = [...waiting.values()];
        const taken = queue.take(limit);
        check(taken);
        expect(taken.length).toBe(Math.min(limit, before.length));
        const rest = [...waiting.values()];
        const drills = taken.filter(({ event }) => event!.run !== null).length;
        if (rest.some(({ run }) => run === null)) expect(drills).toBeLessThanOrEqual(limit * 0.3);
        for (const left of rest.filter(({ state }) => state === 'alarm')) {
          const strangers = taken.filter(({ event }) => event!.run === left.run && !hurried.has(event!.at));
          expect(strangers.length).toBeLessThanOrEqual(limit / 8);
        }
      }
      check(queue.take(1_000));
      expect(waiting.size).toBe(0);
      expect(queue.take(1)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
