import type { WallCode } from '@fenghuo/contracts/walls.ts';
import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { comeIn } from '../state/session.ts';
import { Beacon } from '../ui/beacon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { pairWall } from './pair-wall.ts';
import './pairing.css';

/** A wall that nobody signed in: the code by which somebody at a desk lets it in. */
export function UnpairedWall() {
  const { t } = useLanguage();
  const [code, setCode] = useState<WallCode | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    void pairWall({ onCode: setCode, wait: (seconds) => pause(seconds, signal), signal }).then((who) => {
      if (who !== null) comeIn(who);
    });
    return () => left.abort();
  }, []);
  return (
    <main className="unpaired" aria-live="polite">
      <h1 className="unpaired-title">
        <Beacon />
        {t('app.title')}
      </h1>
      {code === null ? (
        <p>{t('pairing.noCode')}</p>
      ) : (
        <>
          <p>{t('pairing.open', { address: location.host + code.verificationPath })}</p>
          <p className="unpaired-code" data-code={code.userCode}>
            {code.userCode}
          </p>
          <p className="unpaired-hint">
            {t('pairing.openHint', { minutes: Math.round(code.expiresInS / 60) })}
          </p>
        </>
      )}
      <p className="unpaired-foot">
        <button type="button" className="button button-plain" onClick={() => go('/sign-in?to=/wall')}>
          {t('pairing.signIn')}
        </button>
        <LanguageSwitch />
      </p>
    </main>
  );
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
