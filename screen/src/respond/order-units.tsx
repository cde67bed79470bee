import { useLanguage } from '../i18n/language.ts';
import { useStepWords } from '../ui/step-words.ts';
import type { Order } from './orders.ts';

/** Who is at the case: the holder, and every unit that was called beside it, with how far each has come. */
export function OrderUnits({ order: { ticket } }: { order: Order }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const others = ticket.parties.filter(({ state }) => state !== 'released');
  if (others.length === 0) return null;
  return (
    <section className="order-block">
      <h2>{t('respond.units')}</h2>
      <ul className="order-units">
        <li>
          <strong>{say(ticket.holderName)}</strong>
          <span>{words.step(ticket, ticket.step, ticket.stage)}</span>
        </li>
        {others.map(({ unit, name, state, role }) => (
          <li key={unit} data-party={unit} data-state={state}>
            <strong>{say(name)}</strong>
            <span>
              {t(`partyState.${state}`)} <span className="quiet-words">{t(`partyRole.${role}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
