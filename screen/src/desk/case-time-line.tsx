import { type ShownReport, shownReport } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { WhoDid } from '../ui/who-did.tsx';

interface CaseTimeLineProps {
  incident: IncidentRecord;
  ticket: TicketRecord | null;
}

/** Messages go out and are noted without a change of the ticket, ms. */
const askEveryMs = 15_000;

/** All that happened in the case so far, the newest first: alarms, acts, moves, messages, evidence. */
export function CaseTimeLine({ incident, ticket }: CaseTimeLineProps) {
  const { t } = useLanguage();
  const { data } = useAsk(`/cases/${incident.caseCode}/report.json`, shownReport, {
    turn: `${incident.version}.${ticket?.version ?? 0}`,
    everyMs: askEveryMs,
  });
  if (data === undefined) return null;
  return (
    <section className="desk-block">
      <h3>{t('timeLine.title')}</h3>
      <TimeLine report={data} />
      {data.leftOut > 0 && <p className="quiet-words">{t('timeLine.leftOut', { count: data.leftOut })}</p>}
    </section>
  );
}

function TimeLine({ report: { timeLine, people } }: { report: ShownReport }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  return (
    <ol className="time-line" aria-label={t('timeLine.title')}>
      {[...timeLine].reverse().map(({ at, by, what, late, seat }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two entries may say the same at the same time
        <li key={`${at}-${i}`} data-late={late || undefined}>
          <time>{time.clock(at)}</time>
          <span>{say(what)}</span>
          <WhoDid by={by} seat={seat} people={people} />
        </li>
      ))}
    </ol>
  );
}
