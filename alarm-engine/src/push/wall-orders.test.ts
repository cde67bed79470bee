import type { OrderInForce, WallOrder, WallRequest } from '@fenghuo/contracts/wall-orders.ts';
import { expect, test } from 'vitest';
import { afterRequest, inForce, requestText } from './wall-orders.ts';

const order = (order: WallOrder, minutes = 10): WallRequest => ({ do: 'order', order, minutes });
const kinds = (orders: OrderInForce[]) => orders.map((one) => one.order.order);
const minute = 60_000;

function inTurn(...requests: [atMinute: number, request: WallRequest][]): OrderInForce[] {
  return requests.reduce<OrderInForce[]>(
    (orders, [at, request]) => afterRequest(orders, request, { by: '席位', now: at * minute }),
    [],
  );
}

test('muted → muted for longer → one mute, to the later end', () => {
  const [mute, ...more] = inTurn([0, order({ order: 'mute' }, 5)], [1, order({ order: 'mute' }, 30)]);
  expect(more).toEqual([]);
  expect(mute).toMatchObject({ by: '席位', until: 31 * minute });
});

test('looked and muted → the look is over by itself → only the mute stands; released → nothing does', () => {
  const both = inTurn(
    [0, order({ order: 'look', look: { at: 'county' } }, 5)],
    [0, order({ order: 'mute' }, 30)],
  );
  expect(kinds(inForce(both, 4 * minute))).toEqual(['look', 'mute']);
  expect(kinds(inForce(both, 5 * minute))).toEqual(['mute']);
  const released = afterRequest(both, { do: 'release', kinds: ['mute'] }, { by: '', now: 6 * minute });
  expect(released).toEqual([]);
});

test('the record says what was asked for', () => {
  expect(requestText(order({ order: 'look', look: { at: 'incident', incident: 'I-7' } }, 15))).toBe(
    'look at incident I-7 for 15 min',
  );
  expect(requestText(order({ order: 'cameras', cameras: ['C-1', 'C-2'] }))).toBe(
    'cameras C-1, C-2 for 10 min',
  );
  expect(requestText(order({ order: 'shade', shade: 'index' }))).toBe('shade index for 10 min');
  expect(requestText({ do: 'release', kinds: ['look', 'mute'] })).toBe('release look, mute');
});
