import { type ReactNode, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { Order } from './orders.ts';

interface OrderButtonsProps<T> {
  order: Order;
  /** What can be done next, the likeliest first; none: others are at work. */
  next: readonly T[];
  /** One of them as a button. `close` goes back to the first. */
  button: (one: T, isMain: boolean, close: () => void) => ReactNode;
  /** What is to be said with those that are shown. */
  words?: (shown: readonly T[], isMain: boolean) => ReactNode;
}

/** The likeliest step as one large button, the others behind a second. */
export function OrderButtons<T>({ order, next, button, words }: OrderButtonsProps<T>) {
  const { t, say } = useLanguage();
  const [other, setOther] = useState(false);
  const [main, ...others] = next;
  if (main === undefined)
    return (
      <footer className="order-steps order-rests">
        {t('respond.withOthers', { holder: say(order.ticket.holderName) })}
      </footer>
    );
  const shown = other ? others : [main];
  return (
    <footer className="order-steps">
      {words?.(shown, !other)}
      <div className="order-buttons" data-other={other || undefined}>
        {shown.map((one) => button(one, !other, () => setOther(false)))}
        {others.length > 0 && (
          <button
            type="button"
            className="button order-other"
            aria-expanded={other}
            onClick={() => setOther(!other)}
          >
            {t(other ? 'respond.back' : 'respond.other')}
          </button>
        )}
      </div>
    </footer>
  );
}
