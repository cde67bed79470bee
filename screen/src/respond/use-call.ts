import { useEffect } from 'react';
import { create } from 'zustand';
import { callOut } from './call-out.ts';
import { calls, type Order } from './orders.ts';

/** Orders that somebody at this phone has heard, each by when it came. */
const useHeard = create<{ heard: ReadonlySet<string> }>(() => ({ heard: new Set() }));

const callOf = ({ ticket }: Order) => `${ticket.id} ${ticket.stepSince}`;

/** The calling is switched off, for what calls now. */
export function hear(orders: readonly Order[]): void {
  useHeard.setState(({ heard }) => ({ heard: new Set([...heard, ...orders.filter(calls).map(callOf)]) }));
}

/** Sound and vibration for as long as an order has been neither taken nor heard. */
export function useCall(orders: readonly Order[]): void {
  const isCalling = useIsCalling(orders);
  useEffect(() => (isCalling ? callOut() : undefined), [isCalling]);
}

export function useIsCalling(orders: readonly Order[]): boolean {
  const { heard } = useHeard();
  return orders.some((order) => calls(order) && !heard.has(callOf(order)));
}
