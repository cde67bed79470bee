import { type ReportCard, reportPage } from '@fenghuo/contracts/intake.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { useAnswer } from './use-answer.ts';

/** What people said of the incident, the newest first, and how to call them back. Nothing where nobody did. */
export function IncidentReports({ incident }: { incident: IncidentRecord }) {
  const { t } = useLanguage();
  const path = `/reports?incident=${encodeURIComponent(incident.id)}&limit=20&v=${incident.alarms.length}`;
  const { body } = useAnswer(path, reportPage);
  if (body === null || body.reports.length === 0) return null;
  return (
    <section className="desk-block">
      <h3>{t('intake.reports', { count: body.reports.length })}</h3>
      <ul className="incident-reports">
        {body.reports.map((report) => (
          <ReportLine key={report.id} report={report} />
        ))}
      </ul>
    </section>
  );
}

function ReportLine({ report }: { report: ReportCard }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const { caller } = report;
  return (
    <li data-report={report.id}>
      <time>{time.clock(report.at)}</time>
      <strong>{t(`channel.${report.channel}`)}</strong>
      <span>{t(`thing.${report.what}`)}</span>
      <span className="incident-report-words">{report.erased ? t('intake.erased') : report.words}</span>
      {caller !== null && (
        <span className="quiet-words">
          <bdi>{caller.name}</bdi> {caller.phone}
        </span>
      )}
    </li>
  );
}
