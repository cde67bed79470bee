import { incidentCase } from '@fenghuo/contracts/rest.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { CaseLink } from '../records/case-link.tsx';

/** Nothing is chosen, or what was chosen is over: then its file is where it goes on. */
export function NoIncident({ id }: { id: string | null }) {
  const { t, say } = useLanguage();
  const { data } = useAsk(id === null ? null : `/incidents/${encodeURIComponent(id)}`, incidentCase);
  const closed = data?.incident.closedAt != null ? data.incident : null;
  if (closed === null) return <p className="desk-empty">{id === null ? t('desk.choose') : t('desk.gone')}</p>;
  return (
    <div className="desk-empty" data-closed={closed.id}>
      <p>{t('desk.over', { place: say(closed.place) })}</p>
      <p>
        <CaseLink code={closed.caseCode}>{t('desk.toFile', { code: closed.caseCode })}</CaseLink>
      </p>
    </div>
  );
}
