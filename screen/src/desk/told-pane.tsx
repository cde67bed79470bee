import { deliveryList, messageWords } from '@fenghuo/contracts/deliveries.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';

const askEveryMs = 10_000;

/** Who was told what of the case, and whether it arrived; what failed stands first. */
export function ToldPane({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { data } = useAsk(`/incidents/${ticket.incident}/deliveries`, deliveryList, {
    turn: ticket.version,
    everyMs: askEveryMs,
  });
  const all = data?.deliveries ?? [];
  if (all.length === 0) return null;
  const lost = all.filter(({ state }) => state === 'failed' || state === 'refused');
  const waiting = all.filter(({ state }) => state === 'waiting').length;
  const rows = [...lost, ...all.filter((one) => !lost.includes(one)).reverse()];
  return (
    <details className="desk-block" data-told={all.length}>
      <summary>
        {t('told.title', { count: all.length })}
        {waiting > 0 && ` · ${t('told.waiting', { count: waiting })}`}
        {lost.length > 0 && <strong> · {t('told.lost', { count: lost.length })}</strong>}
      </summary>
      <ul className="told">
        {rows.map(({ id, at, kind, person, channel, state }) => (
          <li key={id} data-state={state}>
            <time>{time.clock(at)}</time>
            <span>{person?.name ?? '—'}</span>
            {person !== null && <a href={`tel:${person.phone}`}>{person.phone}</a>}
            <span>{say(messageWords[kind])}</span>
            <span className="quiet-words">
              {t(`told.channel.${channel}`)} · {t(`told.state.${state}`)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
