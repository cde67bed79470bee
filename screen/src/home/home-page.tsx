import type { SignedIn } from '@fenghuo/contracts/rest.ts';
import type { Role } from '@fenghuo/contracts/words.ts';
import type { MouseEvent } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, type Route } from '../route.ts';
import { signOut } from '../state/session.ts';
import { Beacon } from '../ui/beacon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { OwnPassword } from './own-password.tsx';
import { TakeSeat } from './take-seat.tsx';
import './home.css';

/** Who may let walls in, see `alarm-engine/src/access/rights.ts`; the server has the last word. */
const mayPair: readonly Role[] = ['commander', 'dispatcher', 'administrator'];

/** Who sits in a room. */
const sitting: readonly Role[] = ['commander', 'dispatcher', 'administrator'];

/** Who changes nothing of what is set up. */
const onlyLooking: readonly Role[] = ['wall', 'viewer'];

export function HomePage({ who }: { who: SignedIn }) {
  const { t } = useLanguage();
  return (
    <main className="home">
      <h1 className="home-title">
        <Beacon />
        {t('app.title')}
      </h1>
      <nav className="home-doors" aria-label={t('home.title')}>
        <Door to="/wall" title={t('home.wall')} hint={t('home.wallHint')} />
        <Door to="/desk" title={t('home.desk')} hint={t('home.deskHint')} />
        <Door to="/records" title={t('records.title')} hint={t('home.recordsHint')} />
        <Door to="/upkeep" title={t('upkeep.title')} hint={t('home.upkeepHint')} />
        {!onlyLooking.includes(who.role) && (
          <Door to="/setup/devices" title={t('setup.title')} hint={t('setup.homeHint')} />
        )}
        {who.acts.includes('start-drill') && (
          <Door to="/drill" title={t('drill.title')} hint={t('home.drillHint')} />
        )}
        <Door to="/respond" title={t('home.respond')} hint={t('home.respondHint')} />
        {mayPair.includes(who.role) && (
          <Door to="/pair" title={t('pairing.title')} hint={t('home.pairHint')} />
        )}
      </nav>
      {who.role !== 'wall' && <OwnPassword />}
      <footer className="home-foot">
        <span>{t('home.signedInAs', { name: who.name, role: t(`role.${who.role}`) })}</span>
        {sitting.includes(who.role) && <TakeSeat who={who} />}
        <button type="button" className="button button-plain" onClick={() => void signOut()}>
          {t('home.signOut')}
        </button>
        <LanguageSwitch />
      </footer>
    </main>
  );
}

function Door({ to, title, hint }: { to: Route; title: string; hint: string }) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a className="door" href={to} onClick={open}>
      <span className="door-title">{title}</span>
      <span className="door-hint">{hint}</span>
    </a>
  );
}
