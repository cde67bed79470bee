import { casePage } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { CaseLink } from '../records/case-link.tsx';
import { useCountyTime } from '../ui/county-time.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';

const most = 6;

/** What happened in this building before: the third false alarm of a kitchen looks unlike the first. */
export function EarlierCases({ incident }: { incident: IncidentRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const path =
    incident.building === null
      ? null
      : `/cases?building=${encodeURIComponent(incident.building)}&limit=${most + 1}`;
  const { data } = useAsk(path, casePage);
  if (data === undefined) return null;
  const earlier = data.cases.filter(({ code }) => code !== incident.caseCode).slice(0, most);
  return (
    <section className="desk-block" data-earlier={earlier.length}>
      <h3>{t('place.earlier')}</h3>
      {earlier.length === 0 && <p className="quiet-words">{t('place.noEarlier')}</p>}
      <ul className="earlier">
        {earlier.map(({ code, severity, title, openedAt, stage, closedAt }) => (
          <li key={code}>
            <SeverityMark severity={severity} drill={false} />
            <time>{`${time.date(openedAt)} ${time.hourMinute(openedAt)}`}</time>
            <CaseLink code={code}>{say(title)}</CaseLink>
            <span className="quiet-words">
              {closedAt === null
                ? t('records.open')
                : t(stage === null ? 'records.allNormal' : `step.${stage}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
