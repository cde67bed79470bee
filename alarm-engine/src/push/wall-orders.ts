import type { OrderInForce, WallOrder, WallRequest } from '@fenghuo/contracts/wall-orders.ts';

/** Orders that are not over. */
export function inForce(orders: readonly OrderInForce[], now: number): OrderInForce[] {
  return orders.filter(({ until }) => until > now);
}

/** The orders of a wall after what a desk asked for: one of each kind, and none that is over. */
export function afterRequest(
  orders: readonly OrderInForce[],
  request: WallRequest,
  { by, now }: { by: string; now: number },
): OrderInForce[] {
  const standing = inForce(orders, now);
  switch (request.do) {
    case 'order': {
      const others = standing.filter(({ order }) => order.order !== request.order.order);
      return [...others, { order: request.order, by, until: now + request.minutes * 60_000 }];
    }
    case 'release':
      return standing.filter(({ order }) => !request.kinds.includes(order.order));
  }
}

/** As it stands on the record: `look at incident I-7 for 15 min`. */
export function requestText(request: WallRequest): string {
  return request.do === 'release'
    ? `release ${request.kinds.join(', ')}`
    : `${orderText(request.order)} for ${request.minutes} min`;
}

function orderText(order: WallOrder): string {
  switch (order.order) {
    case 'look':
      return `look at ${lookText(order.look)}`;
    case 'mode':
      return `mode ${order.mode}`;
    case 'cameras':
      return `cameras ${order.cameras.join(', ')}`;
    case 'shade':
      return `shade ${order.shade}`;
    case 'mute':
      return 'mute';
  }
}

function lookText(look: Extract<WallOrder, { order: 'look' }>['look']): string {
  switch (look.at) {
    case 'county':
      return 'the county';
    case 'place':
      return `${look.lon} ${look.lat}`;
    case 'incident':
      return `incident ${look.incident}`;
  }
}
