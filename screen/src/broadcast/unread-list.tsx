import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import './broadcast.css';

interface UnreadListProps {
  unread: readonly BroadcastRecord[];
  busy: boolean;
  read: (broadcast: BroadcastRecord) => void;
  /** What became of the last touch, where that is to be said here. */
  children?: ReactNode;
}

/** Broadcasts that a unit has not read yet, above whatever is worked at; one touch says that it has. */
export function UnreadList({ unread, busy, read, children }: UnreadListProps) {
  const { t } = useLanguage();
  const time = useCountyTime();
  if (unread.length === 0) return null;
  return (
    <section className="to-read" role="alert" aria-label={t('broadcast.title')}>
      {unread.map((one) => (
        <div key={one.id} data-to-read={one.id}>
          <p>
            {one.run !== null && <span className="drill-tag">{t('wall.drill')}</span>}{' '}
            <strong>{one.text}</strong>
          </p>
          <p className="quiet-words">
            {t('broadcast.title')} · <bdi>{one.from}</bdi> · {time.clock(one.at)}
          </p>
          <button type="button" className="button button-main" disabled={busy} onClick={() => read(one)}>
            {t('broadcast.confirm')}
          </button>
        </div>
      ))}
      {children}
    </section>
  );
}
