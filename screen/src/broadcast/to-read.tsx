import { ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import { ActNote } from '../desk/act-note.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import './broadcast.css';

/** A colleague of the unit may have read it at another screen: no feed tells, since it would tell all of a level of all. */
const askEveryMs = 20_000;

/** What this account's unit has not read yet, above whatever is worked at; one touch says that it has. */
export function ToRead({ unit }: { unit: string | undefined }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const broadcasts = useStation((station) => station.world?.broadcasts);
  const ids = [...(broadcasts?.keys() ?? [])].join(' ');
  const path = unit === undefined || ids === '' ? null : '/broadcasts/mine';
  const { data } = useAsk(path, ownBroadcasts, { turn: ids, everyMs: askEveryMs });
  const { shown, busy, perform } = useSettledAct('/broadcasts');
  const unread = path === null ? [] : (data?.broadcasts ?? []).filter(({ readAt }) => readAt === null);
  if (unread.length === 0) return null;
  return (
    <section className="to-read" role="alert" aria-label={t('broadcast.title')}>
      {unread.map(({ id, run, text, from, at }) => (
        <div key={id} data-to-read={id}>
          <p>
            {run !== null && <span className="drill-tag">{t('wall.drill')}</span>} <strong>{text}</strong>
          </p>
          <p className="quiet-words">
            {t('broadcast.title')} · {from} · {time.clock(at)}
          </p>
          <button
            type="button"
            className="button button-main"
            disabled={busy}
            onClick={() => void perform({ act: 'read-broadcast', subject: id })}
          >
            {t('broadcast.confirm')}
          </button>
        </div>
      ))}
      <ActNote act={shown} />
    </section>
  );
}
