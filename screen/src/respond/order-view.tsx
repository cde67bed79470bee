import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { countdownText } from '../ui/durations.ts';
import { usePlaceWords } from '../ui/place-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { OrderInside } from './order-inside.tsx';
import { OrderPast } from './order-past.tsx';
import { OrderPhotos } from './order-photos.tsx';
import { OrderSteps } from './order-steps.tsx';
import { OrderUnits } from './order-units.tsx';
import { OrderWay } from './order-way.tsx';
import { calls, dueOf, type Order } from './orders.ts';
import { SharePosition } from './share-position.tsx';
import { hear, useIsCalling } from './use-call.ts';

interface OrderViewProps {
  order: Order;
  world: World;
  who: WhoAmI;
}

/** One order: what and where, the way there, what is inside; and at the thumb, the next step. */
export function OrderView({ order, world, who }: OrderViewProps) {
  const { t } = useLanguage();
  const isCalling = useIsCalling([order]);
  return (
    <article
      className="order"
      data-ticket={order.ticket.id}
      data-step={order.ahead.step}
      data-party={order.party}
    >
      <div className="order-scroll">
        <Head order={order} />
        {isCalling && (
          <button type="button" className="button phone-heard" onClick={() => hear([order])}>
            {t('respond.heard')}
          </button>
        )}
        <OrderWay incident={order.incident} />
        <OrderInside order={order} />
        <OrderUnits order={order} />
        <SharePosition order={order} />
        <OrderPhotos order={order} who={who} />
        <OrderPast order={order} who={who} />
      </div>
      <OrderSteps order={order} world={world} who={who} />
    </article>
  );
}

function Head({ order }: { order: Order }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const units = useUnitWords();
  const time = useCountyTime();
  const place = usePlaceWords(order.incident);
  const { ticket, ahead } = order;
  const due = dueOf(order);
  return (
    <header className="order-head" data-severity={ticket.severity}>
      <p className="order-what">
        <SeverityMark severity={ticket.severity} drill={ticket.run !== null} />
        {ticket.run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
        <strong>{say(ticket.title)}</strong>
        <time>{time.hourMinute(ticket.openedAt)}</time>
      </p>
      <h1>{place}</h1>
      <p className="order-stands">
        <strong>
          {calls(order)
            ? t(order.party === null ? 'respond.newOrder' : 'respond.newCall')
            : t('respond.now', {
                step:
                  order.party === null
                    ? words.step(ahead, ahead.step, ahead.stage)
                    : t(`partyState.${order.party}`),
              })}
        </strong>
        {due !== null && (
          <span className="order-due">
            <DeadlineRing due={due} inside={false} />
            {t('wall.due', {
              step: words.stage(ticket, due.stage),
              limit: countdownText(due.limitMs, units),
            })}
          </span>
        )}
      </p>
      {order.party !== null && (
        <p className="order-stands">{t('respond.helps', { holder: say(ticket.holderName) })}</p>
      )}
    </header>
  );
}
