import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { useStepWords } from '../ui/step-words.ts';
import type { Order } from './orders.ts';
import { actsWaiting, isShown } from './outbox.ts';
import { useOutbox } from './postman.ts';

/** What was done so far, by its true time, and what this phone has still to tell of it. */
export function OrderPast({ order: { ticket }, who }: { order: Order; who: WhoAmI }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const time = useCountyTime();
  const { entries } = useOutbox();
  const waiting = actsWaiting(entries, ticket.id).filter((act) => !isShown(act, ticket));
  const ours = ticket.parties.find(({ unit }) => unit === who.unit);
  return (
    <section className="order-block">
      <h2>
        {t('respond.past')} <span className="quiet-words">{ticket.caseCode}</span>
      </h2>
      <ol className="order-past">
        {ticket.moves.map(({ at, doneAt, to, stage, reason }) => (
          <li key={`${at}-${to}`}>
            <time>{time.clock(doneAt ?? at)}</time>
            <strong>{words.step(ticket, to, stage)}</strong>
            <span className="quiet-words">
              {doneAt !== undefined && t('respond.toldAt', { time: time.hourMinute(at) })} <bdi>{reason}</bdi>
            </span>
          </li>
        ))}
        {ours !== undefined && ours.state !== 'called' && (
          <li>
            <time>{time.clock(ours.doneAt ?? ours.since)}</time>
            <strong>{say(ours.name)}</strong>
            <span className="quiet-words">{t(`partyState.${ours.state}`)}</span>
          </li>
        )}
        {waiting.map(({ no, doneAt, toName, reason }) => (
          <li key={no} data-waits>
            <time>{time.clock(doneAt)}</time>
            <strong>{say(toName)}</strong>
            <span className="quiet-words">
              {t('respond.waits')} <bdi>{reason}</bdi>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
