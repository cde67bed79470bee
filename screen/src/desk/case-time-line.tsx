import type { ShownReport } from '@fenghuo/contracts/case.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { entryKeys } from '../ui/entry-keys.ts';
import { WhoDid } from '../ui/who-did.tsx';

/** All that happened in the case so far, the newest first: alarms, acts, moves, messages, evidence. */
export function CaseTimeLine({ report: { timeLine, leftOut } }: { report: ShownReport }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const keys = entryKeys(timeLine);
  return (
    <section className="desk-block">
      <h3>{t('timeLine.title')}</h3>
      <ol className="time-line" aria-label={t('timeLine.title')}>
        {timeLine
          .map(({ at, by, what, late, seat }, i) => (
            <li key={keys[i]} data-late={late || undefined}>
              <time>{time.clock(at)}</time>
              <span>{say(what)}</span>
              <WhoDid by={by} seat={seat} />
            </li>
          ))
          .reverse()}
      </ol>
      {leftOut > 0 && <p className="quiet-words">{t('timeLine.leftOut', { count: leftOut })}</p>}
    </section>
  );
}
