import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { usePlaceWords } from '../ui/place-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { calls, dueOf, type Order } from './orders.ts';
import { hear, useIsCalling } from './use-call.ts';

/** The orders of one's unit, the gravest first. */
export function OrderList({ orders }: { orders: readonly Order[] }) {
  const { t } = useLanguage();
  const isCalling = useIsCalling(orders);
  if (orders.length === 0) return <p className="respond-empty">{t('respond.none')}</p>;
  return (
    <>
      {isCalling && (
        <button type="button" className="button phone-heard" onClick={() => hear(orders)}>
          {t('respond.heard')}
        </button>
      )}
      <ul className="orders" aria-label={t('respond.all')}>
        {orders.map((order) => (
          <OrderRow key={order.ticket.id} order={order} />
        ))}
      </ul>
    </>
  );
}

function OrderRow({ order }: { order: Order }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const place = usePlaceWords(order.incident);
  const { ticket, ahead, party } = order;
  const due = dueOf(order);
  return (
    <li>
      <button
        type="button"
        className="order-row"
        data-order={ticket.id}
        data-calls={calls(order) || undefined}
        onClick={() => go(`/respond?t=${ticket.id}`)}
      >
        <SeverityMark severity={ticket.severity} drill={ticket.run !== null} />
        <strong>
          {ticket.run !== null && <span className="drill-tag">{t('wall.drill')}</span>} {place}
        </strong>
        <span>{say(ticket.title)}</span>
        <span className="order-row-step">
          {calls(order)
            ? t(party === null ? 'respond.newOrder' : 'respond.newCall')
            : party === null
              ? words.step(ahead, ahead.step, ahead.stage)
              : t(`partyState.${party}`)}
          {due !== null && <DeadlineRing due={due} inside={false} />}
        </span>
      </button>
    </li>
  );
}
