import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AcknowledgementRing } from './acknowledgement-ring.ts';
import { encodeReplies, type Reply } from './replies.ts';

const flushed = (ring: AcknowledgementRing): string => {
  const replies: Reply[] = [];
  ring.flush(replies);
  return encodeReplies(replies).toString('hex');
};

test('settled out of order → acknowledged in order, as soon as the front is', () => {
  const ring = new AcknowledgementRing(4);
  const [first, second, third] = [ring.add(7), ring.add(8), ring.add(9)];
  ring.settle(third);
  ring.settle(second);
  expect(flushed(ring)).toBe('');
  expect(ring.size).toBe(3);
  ring.settle(first);
  expect(flushed(ring)).toBe('40020007' + '40020008' + '40020009');
  expect(ring.size).toBe(0);
});

test('QoS 0 holds back what follows it and is not answered; a refusal says why', () => {
  const ring = new AcknowledgementRing(4);
  const [silent, refused] = [ring.add(0), ring.add(5)];
  ring.settle(refused, 0x87);
  expect([flushed(ring), ring.size]).toEqual(['', 2]);
  ring.settle(silent);
  expect(flushed(ring)).toBe('4003000587');
  expect(ring.size).toBe(0);
});

test('an id is held until its PUBACK left', () => {
  const ring = new AcknowledgementRing(4);
  const [first, second] = [ring.add(1), ring.add(65_535)];
  ring.settle(second);
  expect([ring.holds(1), ring.holds(65_535), ring.holds(2)]).toEqual([true, true, false]);
  ring.settle(first);
  flushed(ring);
  expect([ring.holds(1), ring.holds(65_535)]).toEqual([false, false]);
});

test('property: whatever the order of settling, every id leaves once and in the order of arrival', () => {
  const capacity = 16;
  const steps = fc.array(fc.record({ add: fc.nat(6), settle: fc.array(fc.nat(), { maxLength: 6 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (plan) => {
      const ring = new AcknowledgementRing(capacity);
      const open: number[] = [];
      const arrived: number[] = [];
      const left: number[] = [];
      const flush = () => {
        const replies: Reply[] = [];
        ring.flush(replies);
        left.push(...replies.map((one) => one & 0xffff));
      };
      for (const { add, settle } of plan) {
        for (let i = 0; i < add && ring.size < capacity; i++) {
          const id = (arrived.length % 65_535) + 1;
          arrived.push(id);
          open.push(ring.add(id));
        }
        for (const pick of settle) if (open.length > 0) ring.settle(open.splice(pick % open.length, 1)[0]!);
        flush();
        expect(left).toEqual(arrived.slice(0, left.length));
        expect(ring.size).toBe(arrived.length - left.length);
      }
      for (const token of open) ring.settle(token);
      flush();
      expect(left).toEqual(arrived);
    }),
  );
});
