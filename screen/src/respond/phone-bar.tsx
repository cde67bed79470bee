import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { askForNotices, mayAskForNotices } from './call-notice.ts';
import { allowSound, soundIsAllowed } from './call-out.ts';
import type { Order } from './orders.ts';
import { useOutbox } from './postman.ts';

interface PhoneBarProps {
  who: WhoAmI;
  order: Order | undefined;
  /** There are others to go back to. */
  many: boolean;
}

/** Who one is, whether what is shown is the present, and what this phone has still to tell. */
export function PhoneBar({ who, order, many }: PhoneBarProps) {
  const { t } = useLanguage();
  return (
    <header className="phone-bar">
      <div className="phone-bar-row">
        {order !== undefined && many ? (
          <button type="button" className="button phone-back" onClick={() => go('/respond')}>
            ‹ {t('respond.all')}
          </button>
        ) : (
          <strong className="phone-who">{who.name}</strong>
        )}
        <Link />
        <LanguageSwitch />
      </div>
      <WaitingLine account={who.account} />
      <SoundButton />
    </header>
  );
}

function Link() {
  const { t } = useLanguage();
  const time = useCountyTime();
  const status = useStation((station) => station.status);
  const at = useStation((station) => station.world?.at);
  const isLive = status === 'live';
  return (
    <span className="phone-link" data-live={isLive} role="status">
      {isLive || at === undefined
        ? t(isLive ? 'respond.online' : 'respond.offline')
        : t('respond.offlineSince', { time: time.hourMinute(at) })}
    </span>
  );
}

function WaitingLine({ account }: { account: string }) {
  const { t } = useLanguage();
  const { entries, sending } = useOutbox();
  const count = entries.filter((entry) => entry.account === account && entry.refused === null).length;
  if (count === 0) return null;
  return (
    <p className="phone-waiting" data-waiting={count} role="status">
      {t(sending === null ? 'respond.waiting' : 'respond.sending', { count })}
    </p>
  );
}

/** A page may make no sound before it was touched: a touch is asked for, any will do, and the line goes. */
function SoundButton() {
  const { t } = useLanguage();
  const [allowed, setAllowed] = useState(soundIsAllowed);
  useEffect(() => {
    if (allowed) return;
    const touched = () => void allowSound().then(() => setAllowed(true));
    addEventListener('click', touched, { once: true });
    return () => removeEventListener('click', touched);
  }, [allowed]);
  if (allowed) return <NoticesButton />;
  return (
    <button type="button" className="button phone-sound">
      {t('respond.allowSound')}
    </button>
  );
}

/** A phone in a pocket shakes by its notices only: they are asked for until its holder says yes or no. */
function NoticesButton() {
  const { t } = useLanguage();
  const [asks, setAsks] = useState(mayAskForNotices);
  if (!asks) return null;
  return (
    <button
      type="button"
      className="button phone-sound"
      onClick={() => void askForNotices().finally(() => setAsks(false))}
    >
      {t('respond.allowNotices')}
    </button>
  );
}
