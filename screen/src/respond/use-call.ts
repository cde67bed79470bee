import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { useLanguage } from '../i18n/language.ts';
import { type CallNotice, showNotices } from './call-notice.ts';
import { callOut } from './call-out.ts';
import { calls, type Order } from './orders.ts';

/** Orders that somebody at this phone has heard, each by when it came. */
const useHeard = create<{ heard: ReadonlySet<string> }>(() => ({ heard: new Set() }));

const callOf = ({ ticket }: Order) => `${ticket.id} ${ticket.stepSince}`;

/** The calling is switched off, for what calls now. */
export function hear(orders: readonly Order[]): void {
  useHeard.setState(({ heard }) => ({ heard: new Set([...heard, ...orders.filter(calls).map(callOf)]) }));
}

/** Sound and vibration for as long as an order has been neither taken nor heard, and a notice of it while nobody looks. */
export function useCall(orders: readonly Order[]): void {
  const isCalling = useIsCalling(orders);
  const notices = useNotices(orders);
  useEffect(() => (isCalling ? callOut() : undefined), [isCalling]);
  useEffect(() => (notices.length > 0 ? showNotices(notices) : undefined), [notices]);
}

/** The same list for as long as it says the same: a notice is not shown anew with each change of an order. */
function useNotices(orders: readonly Order[]): readonly CallNotice[] {
  const { t, say } = useLanguage();
  const { heard } = useHeard();
  const notices = orders
    .filter((order) => calls(order) && !heard.has(callOf(order)))
    .map(({ ticket, incident, party }): CallNotice => {
      const what = t(party === null ? 'respond.newOrder' : 'respond.newCall');
      const isDrill = ticket.run === null ? '' : `${t('wall.drill')} `;
      return {
        ticket: ticket.id,
        title: isDrill + say(incident.place),
        body: `${what} · ${say(ticket.title)}`,
      };
    });
  const text = JSON.stringify(notices);
  return useMemo(() => JSON.parse(text) as CallNotice[], [text]);
}

export function useIsCalling(orders: readonly Order[]): boolean {
  const { heard } = useHeard();
  return orders.some((order) => calls(order) && !heard.has(callOf(order)));
}
