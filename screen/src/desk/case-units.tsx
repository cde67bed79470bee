import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';

/** Who else is at the case and how far they have come, and whom its lateness has reached. Nothing where there is neither. */
export function CaseUnits({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { parties, escalations } = ticket;
  return (
    <>
      {parties.length > 0 && (
        <ul className="moves" aria-label={t('desk.parties')}>
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
          {t('desk.escalated')}
          {escalations.map(({ unit, name, at }) => (
            <span key={unit}>
              {say(name)} <time>{time.clock(at)}</time>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
