import type { MapShade, OrderInForce, WallLook, WallMode } from '@fenghuo/contracts/wall-orders.ts';
import { useMemo } from 'react';
import type { OpenIncident } from '../state/open-incidents.ts';
import { useStation } from '../state/station.ts';
import { useNow } from '../ui/now.ts';

/** What a desk told the wall and that is not over, by kind. Null, or empty: the wall decides. */
export interface OrdersInForce {
  look: WallLook | null;
  mode: WallMode | null;
  /** Cameras that stay, the first first. */
  cameras: readonly string[];
  shade: MapShade | null;
  mute: OrderInForce | null;
  all: readonly OrderInForce[];
}

export function ordersInForce(orders: readonly OrderInForce[], now: number): OrdersInForce {
  const all = orders.filter(({ until }) => until > now);
  const found: OrdersInForce = { look: null, mode: null, cameras: [], shade: null, mute: null, all };
  for (const one of all) {
    const { order } = one;
    switch (order.order) {
      case 'look':
        found.look = order.look;
        break;
      case 'mode':
        found.mode = order.mode;
        break;
      case 'cameras':
        found.cameras = order.cameras;
        break;
      case 'shade':
        found.shade = order.shade;
        break;
      case 'mute':
        found.mute = one;
        break;
    }
  }
  return found;
}

/** Looked at once a second; the same object while nothing changed. */
export function useOrdersInForce(): OrdersInForce {
  const orders = useStation((station) => station.orders);
  const now = useNow();
  const lastEnd = Math.max(0, ...orders.map(({ until }) => until).filter((until) => until <= now));
  return useMemo(() => ordersInForce(orders, lastEnd), [orders, lastEnd]);
}

/** The incident that a desk put forward stands first; one that has ended meanwhile changes nothing. */
export function withFocus(open: readonly OpenIncident[], look: WallLook | null): readonly OpenIncident[] {
  if (look?.at !== 'incident') return open;
  const focused = open.find(({ incident }) => incident.id === look.incident);
  return focused === undefined ? open : [focused, ...open.filter((one) => one !== focused)];
}
