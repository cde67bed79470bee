import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, type Route } from '../route.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from './county-time.ts';
import { FeedState } from './feed-state.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { useNow } from './now.ts';
import './page-bar.css';

interface PageBarProps {
  title: string;
  /** Where else one can go from here. */
  doors: readonly { to: Route; text: string }[];
  /** What else a page says of itself. */
  children?: ReactNode;
}

/** The head of every page that is worked at a chair: whose county, invented or real, and whether a drill runs. */
export function PageBar({ title, doors, children }: PageBarProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const now = useNow();
  const world = useStation((station) => station.world);
  const drill = world === null ? undefined : [...world.drills.values()][0];
  return (
    <header className="page-bar">
      <h1>{world === null ? title : `${say(world.county.name)} · ${title}`}</h1>
      {world?.county.demo && <span className="drill-tag">{t('wall.demo')}</span>}
      {drill !== undefined && (
        <span className="drill-tag">{t('wall.drillTitle', { title: drill.title })}</span>
      )}
      <FeedState />
      {children}
      <time>{time.clock(now)}</time>
      <nav aria-label={t('home.title')}>
        {doors.map(({ to, text }) => (
          <button key={to} type="button" className="button button-plain" onClick={() => go(to)}>
            {text}
          </button>
        ))}
      </nav>
      <LanguageSwitch />
    </header>
  );
}
