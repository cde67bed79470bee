import { useLanguage } from '../i18n/language.ts';
import { go, type Route } from '../route.ts';
import { useCountyTime } from './county-time.ts';
import { FeedState } from './feed-state.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { useNow } from './now.ts';
import './page-bar.css';

interface PageBarProps {
  title: string;
  /** Where else one can go from here. */
  doors: readonly { to: Route; text: string }[];
}

/** The head of a page that is worked at a chair. */
export function PageBar({ title, doors }: PageBarProps) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const now = useNow();
  return (
    <header className="page-bar">
      <h1>{title}</h1>
      <FeedState />
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
