import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';

/** Who else is at the case and how far they have come, and whom its lateness has reached. Nothing where there is neither. */
export function CaseUnits({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const partiesId = useId();
  const { parties, escalations } = ticket;
  return (
    <>
      {parties.length > 0 && (
        <ul className="moves" aria-labelledby={partiesId}>
          <li className="quiet-words" id={partiesId}>
            {t('desk.parties')}
          </li>
          {parties.map(({ unit, name, role, state, since }) => (
            <li key={unit}>
              <time>{time.clock(since)}</time>
              <strong>{say(name)}</strong>
              <span>{t(`partyState.${state}`)}</span>
              <span className="quiet-words">{t(`partyRole.${role}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {ticket.overdue && escalations.length > 0 && (
        <p className="ticket-stands" data-escalated={escalations.length}>
          <span className="quiet-words">{t('desk.escalated')}</span>
          {escalations.map(({ unit, name, at }, i) => (
            <span key={unit}>
              {i > 0 && '› '}
              {say(name)} <time className="quiet-words">{time.clock(at)}</time>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
