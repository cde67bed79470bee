import type { DrillCard } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';

/** To the protocol of a run, where there is one; it opens beside the page, which may be watching another run. */
export function ReportLink({ drill: { run, play } }: { drill: DrillCard }) {
  const { t } = useLanguage();
  if (play?.hasReport !== true) return null;
  return (
    <a className="drill-report" href={`/api/v1/drills/${run}/report`} target="_blank" rel="noreferrer">
      {t('drill.report')}
    </a>
  );
}
