import { type PublicBuilding, publicBuilding } from '@fenghuo/contracts/intake.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { useQueryValue } from '../route.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { ReportForm } from './report-form.tsx';
import { ReportState } from './report-state.tsx';
import './report.css';

/**
 * What a QR code on a building opens on anybody's phone, without signing in: `?b=` names the building, and `?s=` shows
 * what became of one report. 119 stands first: this page is no emergency line.
 */
export function ReportPage() {
  const { t } = useLanguage();
  const building = useQueryValue('b');
  const link = useQueryValue('s');
  return (
    <main className="report">
      <header className="report-head">
        <h1>{t('publicReport.title')}</h1>
        <LanguageSwitch />
      </header>
      <a className="report-119" href="tel:119">
        <span>{t('publicReport.emergency')}</span>
        <strong>{t('publicReport.call')}</strong>
      </a>
      {link === null ? <AtBuilding id={building ?? ''} /> : <ReportState link={link} />}
    </main>
  );
}

type Found = PublicBuilding | 'asking' | 'unknown' | 'away';

/** How soon a station that did not answer is asked again, ms. */
const askAgainMs = 3_000;

function AtBuilding({ id }: { id: string }) {
  const { t, say } = useLanguage();
  const [found, setFound] = useState<Found>('asking');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ask = async () => {
      const found = await buildingOf(id);
      if (!isCurrent) return;
      setFound(found);
      if (found === 'away') timer = setTimeout(ask, askAgainMs);
    };
    void ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [id]);
  if (found === 'asking') return null;
  if (found === 'away') return <p className="report-note">{t('publicReport.offline')}</p>;
  if (found === 'unknown') return <p className="report-note">{t('publicReport.unknown')}</p>;
  return (
    <>
      <section className="report-place">
        <span>{t('publicReport.at')}</span>
        <strong>{say(found.name)}</strong>
        <span>{say(found.around)}</span>
      </section>
      <ReportForm building={found.id} />
    </>
  );
}

async function buildingOf(id: string): Promise<Found> {
  if (id === '') return 'unknown';
  const path = `/public/buildings/${encodeURIComponent(id)}`;
  const answer = await request({ method: 'GET', path, answer: publicBuilding });
  if (answer.ok) return answer.body;
  return answer.reason === 'refused' ? 'unknown' : 'away';
}
