import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { orderWords } from './order-words.ts';
import type { OrdersInForce } from './orders-in-force.ts';

/** In a line above the map, which it does not cover: what a desk made the wall show, and until when. */
export function OrderStrip({ orders, world }: { orders: OrdersInForce; world: World }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const shown = orders.all.filter(({ order }) => order.order !== 'mute');
  if (shown.length === 0) return null;
  return (
    <ul className="order-strip" aria-label={t('wall.deskOrders')}>
      <li>{t('wall.deskOrders')}</li>
      {shown.map((one) => (
        <li key={one.order.order}>
          {t('wall.ordered', {
            what: orderWords(one.order, world, t),
            until: time.hourMinute(one.until),
          })}
        </li>
      ))}
    </ul>
  );
}
