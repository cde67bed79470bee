import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { useStepWords } from '../ui/step-words.ts';
import type { Order } from './orders.ts';
import { movesWaiting } from './outbox.ts';
import { useOutbox } from './postman.ts';

/** What was done so far, by its true time, and what this phone has still to tell of it. */
export function OrderPast({ order: { ticket } }: { order: Order }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const time = useCountyTime();
  const { entries } = useOutbox();
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
              {doneAt !== undefined && t('respond.toldAt', { time: time.hourMinute(at) })} {reason}
            </span>
          </li>
        ))}
        {movesWaiting(entries, ticket.id).map(({ no, doneAt, toName, reason }) => (
          <li key={no} data-waits>
            <time>{time.clock(doneAt)}</time>
            <strong>{say(toName)}</strong>
            <span className="quiet-words">
              {t('respond.waits')} {reason}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
