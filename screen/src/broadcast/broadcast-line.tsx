import { type BroadcastRecord, broadcastDetail } from '@fenghuo/contracts/broadcasts.ts';
import { useState } from 'react';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';

/** What was said, and how many have read it, as it comes in; opened, who has not. */
export function BroadcastLine({ broadcast }: { broadcast: BroadcastRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const [isOpen, setIsOpen] = useState(false);
  const { id, run, text, at, from, level, place, read, units, caseCode } = broadcast;
  return (
    <li className="broadcast" data-broadcast={id} data-read={read}>
      <p className="broadcast-text">
        {run !== null && <span className="drill-tag">{t('wall.drill')}</span>} <bdi>{text}</bdi>
      </p>
      <p className="quiet-words">
        <time>{time.clock(at)}</time>
        <span>{from}</span>
        <span>{t('broadcast.to', { level: t(`level.${level}`), place: say(place) })}</span>
        {caseCode !== null && <span>{caseCode}</span>}
      </p>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <progress value={read} max={units} aria-hidden="true" />
          <strong>{t('broadcast.read', { read, units })}</strong>
        </summary>
        {isOpen && <Receipts broadcast={broadcast} />}
      </details>
    </li>
  );
}

/** Those that have not read it, then those that have, the last one first. */
function Receipts({ broadcast: { id, version } }: { broadcast: BroadcastRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { data } = useAsk(`/broadcasts/${id}`, broadcastDetail, { turn: version });
  if (data === undefined) return <p className="quiet-words">{t('wall.loadingTitle')}</p>;
  return (
    <ul className="receipts">
      {data.units.map(({ unit, name, told, read }) => (
        <li key={unit} data-unread={read === null || undefined}>
          <span>{say(name)}</span>
          <span className="quiet-words">
            {read !== null
              ? t('broadcast.readAt', { by: read.by, time: time.clock(read.doneAt ?? read.at) })
              : told === 0
                ? t('broadcast.nobodyThere')
                : t('broadcast.unread')}
          </span>
        </li>
      ))}
    </ul>
  );
}
