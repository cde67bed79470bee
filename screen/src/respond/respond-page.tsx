import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useEffect, useLayoutEffect, useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, useQueryValue } from '../route.ts';
import { checkSession, useSession } from '../state/session.ts';
import { feedStation, useStation } from '../state/station.ts';
import { Notice } from '../ui/notice.tsx';
import { installShell } from './install-shell.ts';
import { OrderList } from './order-list.tsx';
import { OrderView } from './order-view.tsx';
import { type Order, ordersOf } from './orders.ts';
import { PhoneBar } from './phone-bar.tsx';
import { PhoneToRead } from './phone-to-read.tsx';
import { useOutbox } from './postman.ts';
import { Refusals } from './refusals.tsx';
import { useBuildings } from './use-buildings.ts';
import { useCall } from './use-call.ts';
import { forgetStation, useKeptStation } from './use-kept-station.ts';
import { PostmanContext, usePostman } from './use-postman.ts';
import './respond.css';

/**
 * The phone of a response team. It opens with what it knew last, whether the station can be reached or not; only a
 * station that says so sends somebody to sign in.
 */
export function RespondPage() {
  const { t } = useLanguage();
  const { session } = useSession();
  const kept = useKeptStation(session.state === 'known' ? session.who : null);
  useLayoutEffect(() => {
    document.documentElement.dataset.view = 'respond';
    void installShell();
    const endOpening = openWhenTold();
    return () => {
      endOpening();
      delete document.documentElement.dataset.view;
    };
  }, []);
  useEffect(() => {
    if (session.state === 'known') return feedStation(() => void checkSession(), { states: false });
    if (session.state === 'stranger') void forgetStation().then(() => go('/sign-in?to=/respond', 'replace'));
    return undefined;
  }, [session.state]);
  if (session.state === 'known') return <Respond who={session.who} />;
  if (session.state === 'stranger' || kept === 'asking') return null;
  if (kept === null) return <Notice title={t('session.away')} busy />;
  return <Respond who={kept} />;
}

function Respond({ who }: { who: WhoAmI }) {
  const { t } = useLanguage();
  const postman = usePostman(who.account);
  const world = useStation((station) => station.world);
  const outbox = useOutbox();
  const orders = useMemo(() => (world === null ? null : ordersOf(world, who, outbox)), [world, who, outbox]);
  const chosen = useQueryValue('t');
  const order = orders === null ? undefined : chosenOrder(orders, chosen);
  useCall(orders ?? []);
  useBuildings(orders ?? []);
  return (
    <PostmanContext value={postman}>
      <main className="respond" data-orders={orders?.length}>
        <PhoneBar who={who} order={order} many={(orders?.length ?? 0) > 1} />
        <Refusals account={who.account} />
        <PhoneToRead who={who} />
        {orders === null || world === null ? (
          <p className="respond-empty">{t('wall.loadingTitle')}</p>
        ) : order === undefined ? (
          <OrderList orders={orders} />
        ) : (
          <OrderView key={order.ticket.id} order={order} world={world} who={who} />
        )}
      </main>
    </PostmanContext>
  );
}

/** A notice of an order was touched: the worker says which to open. Until the returned function is called. */
function openWhenTold(): () => void {
  const told = ({ data }: MessageEvent) => {
    if (typeof data?.open === 'string' && data.open.startsWith('/respond?')) go(data.open);
  };
  navigator.serviceWorker?.addEventListener('message', told);
  return () => navigator.serviceWorker?.removeEventListener('message', told);
}

/** The one that was opened; of one alone there is nothing to choose. */
function chosenOrder(orders: readonly Order[], chosen: string | null): Order | undefined {
  return orders.find(({ ticket }) => ticket.id === chosen) ?? (orders.length === 1 ? orders[0] : undefined);
}
