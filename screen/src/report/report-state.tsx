import {
  type PublicStatus,
  publicStatus,
  type ReportStatus,
  reportStatuses,
} from '@fenghuo/contracts/intake.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';

/** How often the page asks again while it is looked at, ms. */
const askAgainMs = 10_000;
/** How often it asks for a report that the writer has not taken yet, and how many times, before it says that there is none. */
const [freshMs, freshTries] = [1_000, 8];

/** What became of one report: where it stands on the way, and nothing of who is there. */
export function ReportState({ link }: { link: string }) {
  const { t, say, language } = useLanguage();
  const found = useStatus(link);
  if (found === null) return <p className="report-note">{t('publicReport.sent')}</p>;
  if (found === 'gone') return <p className="report-note">{t('publicReport.gone')}</p>;
  return (
    <>
      <section className="report-place">
        <span>
          {t(`thing.${found.what}`)} · {timeText(found.at, language)}
        </span>
        <strong>{say(found.place)}</strong>
      </section>
      <section className="report-way">
        <h2>{t('publicReport.status')}</h2>
        <ol>
          {waysOf(found.status).map(({ status, state }) => (
            <li key={status} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              {t(`reportStatus.${status}`)}
            </li>
          ))}
        </ol>
        <p className="report-small">{t('publicReport.keep')}</p>
      </section>
    </>
  );
}

/** By the clock of the phone: whoever reports stands in the county. */
function timeText(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(at);
}

/** The steps of the way, those behind, the present one and those ahead. A false alarm ends it early. */
function waysOf(status: ReportStatus): { status: ReportStatus; state: 'past' | 'now' | 'ahead' }[] {
  if (status === 'false-alarm')
    return [
      { status: 'received', state: 'past' },
      { status, state: 'now' },
    ];
  const way = reportStatuses.filter((one) => one !== 'false-alarm');
  const at = way.indexOf(status);
  return way.map((one, i) => ({ status: one, state: i < at ? 'past' : i === at ? 'now' : 'ahead' }));
}

function useStatus(link: string): PublicStatus | 'gone' | null {
  const [found, setFound] = useState<PublicStatus | 'gone' | null>(null);
  useEffect(() => {
    let tries = 0;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const answer = await request({
        ...{ method: 'GET', path: `/public/reports/${encodeURIComponent(link)}`, answer: publicStatus },
      });
      tries += 1;
      if (answer.ok) setFound(answer.body);
      else if (answer.reason === 'refused' && tries >= freshTries) setFound('gone');
      timer = setTimeout(ask, answer.ok ? askAgainMs : freshMs * (tries < freshTries ? 1 : 10));
    };
    void ask();
    return () => clearTimeout(timer);
  }, [link]);
  return found;
}
