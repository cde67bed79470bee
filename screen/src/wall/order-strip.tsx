import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { orderWords } from './order-words.ts';
import type { OrdersInForce } from './orders-in-force.ts';

/** What a desk made the wall show, and until when: a wall that does not decide by itself says so. */
export function OrderStrip({ orders, world }: { orders: OrdersInForce; world: World }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const shown = orders.all.filter(({ order }) => order.order !== 'mute');
  if (shown.length === 0) return null;
  return (
    <ul className="order-strip">
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
