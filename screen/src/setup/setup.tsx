import { type MouseEvent, useEffect, useRef } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, type SetupPage, setupPages } from '../route.ts';
import { useMay } from '../state/session.ts';
import { PageBar } from '../ui/page-bar.tsx';
import { AccountsPage } from './accounts/accounts-page.tsx';
import { BuildingsPage } from './buildings/buildings-page.tsx';
import { DevicesPage } from './devices/devices-page.tsx';
import { HealthPage } from './health/health-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { QuarantinePage } from './quarantine/quarantine-page.tsx';
import { RulebookPage } from './rulebook/rulebook-page.tsx';
import { needsOfPage } from './setup-pages.ts';
import '../desk/desk.css';
import '../sign-in/sign-in.css';
import '../ui/blocks.css';
import './setup.css';

/** Where the county is set up: what hangs where, who may do what, by which rules, and how the station does. */
export function Setup({ page }: { page: SetupPage }) {
  const { t } = useLanguage();
  const may = useMay();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    void page;
    main.current?.scrollTo(0, 0);
  }, [page]);
  const allowed = (name: SetupPage) => needsOfPage[name] === null || may(needsOfPage[name]);
  return (
    <div className="setup">
      <PageBar
        title={t('setup.title')}
        doors={[
          { to: '/desk', text: t('setup.desk') },
          { to: '/', text: t('desk.home') },
        ]}
      />
      <nav className="setup-nav" aria-label={t('setup.title')}>
        {setupPages.filter(allowed).map((name) => (
          <PageLink key={name} name={name} here={name === page} />
        ))}
      </nav>
      <main className="setup-main" ref={main}>
        <h2>{t(`setup.page.${page}`)}</h2>
        {allowed(page) ? <Page page={page} /> : <p className="quiet-words">{t('setup.notAllowed')}</p>}
      </main>
    </div>
  );
}

function PageLink({ name, here }: { name: SetupPage; here: boolean }) {
  const { t } = useLanguage();
  const to = `/setup/${name}`;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} onClick={open} aria-current={here ? 'page' : undefined}>
      <span>{t(`setup.page.${name}`)}</span>
      <span className="setup-nav-hint">{t(`setup.hint.${name}`)}</span>
    </a>
  );
}

function Page({ page }: { page: SetupPage }) {
  switch (page) {
    case 'devices':
      return <DevicesPage />;
    case 'buildings':
      return <BuildingsPage />;
    case 'people':
      return <PeoplePage />;
    case 'accounts':
      return <AccountsPage />;
    case 'rulebook':
      return <RulebookPage />;
    case 'quarantine':
      return <QuarantinePage />;
    case 'health':
      return <HealthPage />;
  }
}
