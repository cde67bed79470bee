import type { ShownReport } from '@fenghuo/contracts/case.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { entryKeys } from '../ui/entry-keys.ts';
import { WhoDid } from '../ui/who-did.tsx';

interface ReplayLineProps {
  report: ShownReport;
  /** How many of them have happened. */
  told: number;
  go: (at: number) => void;
}

/** The time line of a case: what has happened stands out, and a touch goes to when it did. */
export function ReplayLine({ report: { timeLine }, told, go }: ReplayLineProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const keys = entryKeys(timeLine);
  return (
    <ol className="time-line replay-line" aria-label={t('timeLine.title')}>
      {timeLine.map(({ at, by, what, late, seat }, i) => (
        <li key={keys[i]} data-late={late || undefined} data-told={i < told || undefined}>
          <button type="button" onClick={() => go(at)}>
            <time>{time.clock(at)}</time>
            <span>{say(what)}</span>
            <WhoDid by={by} seat={seat} />
          </button>
        </li>
      ))}
    </ol>
  );
}
