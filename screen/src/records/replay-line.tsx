import type { TimeLineEntry } from '@fenghuo/contracts/case.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';

interface ReplayLineProps {
  entries: readonly TimeLineEntry[];
  /** How many of them have happened. */
  told: number;
  go: (at: number) => void;
}

/** The time line of a case: what has happened stands out, and a touch goes to when it did. */
export function ReplayLine({ entries, told, go }: ReplayLineProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  return (
    <ol className="time-line replay-line" aria-label={t('timeLine.title')}>
      {entries.map(({ at, by, what, late }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two entries may say the same at the same time
        <li key={i} data-late={late || undefined} data-told={i < told || undefined}>
          <button type="button" onClick={() => go(at)}>
            <time>{time.clock(at)}</time>
            <span>{say(what)}</span>
            <span className="quiet-words">{by === 'engine' ? t('desk.engine') : by}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
