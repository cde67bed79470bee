import type { DrillCard } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { Outcome } from './outcome.tsx';
import { ReportLink } from './report-link.tsx';

interface PastRunsProps {
  drills: readonly DrillCard[];
  titleOf: (drill: DrillCard) => string;
  shown: string | null;
  show: (run: string) => void;
  /** At most two, which are compared. */
  marked: readonly string[];
  mark: (run: string) => void;
}

/** Drills that are over, the newest first: each with its verdict and its report, two of them to be compared. */
export function PastRuns({ drills, titleOf, shown, show, marked, mark }: PastRunsProps) {
  const { t } = useLanguage();
  const time = useCountyTime();
  if (drills.length === 0) return <p className="quiet-words">{t('drill.noPast')}</p>;
  return (
    <table className="drill-past">
      <thead>
        <tr>
          <th>{t('drill.compare')}</th>
          <th>{t('drill.when')}</th>
          <th>{t('drill.scenario')}</th>
          <th>{t('drill.software')}</th>
          <th className="drill-number">{t('drill.peopleCount')}</th>
          <th>{t('drill.verdict')}</th>
          <th>{t('drill.report')}</th>
        </tr>
      </thead>
      <tbody>
        {drills.map((drill) => (
          <tr key={drill.run} aria-selected={drill.run === shown} data-run={drill.run}>
            <td>
              <input
                type="checkbox"
                aria-label={t('drill.compareThis')}
                disabled={!drill.play?.verdict}
                checked={marked.includes(drill.run)}
                onChange={() => mark(drill.run)}
              />
            </td>
            <td>
              {time.date(drill.startedAt)} {time.hourMinute(drill.startedAt)}
            </td>
            <td>
              <button type="button" className="drill-link" onClick={() => show(drill.run)}>
                {titleOf(drill)}
              </button>
            </td>
            <td className="drill-software">{drill.play?.software ?? '–'}</td>
            <td className="drill-number">{drill.participants.length}</td>
            <td>
              <Outcome drill={drill} />
            </td>
            <td>
              <ReportLink drill={drill} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
