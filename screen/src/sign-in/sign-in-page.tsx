import { type FormEvent, useEffect, useState } from 'react';
import type { RequestFailure } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { go, wantedRoute } from '../route.ts';
import { signIn, useSession } from '../state/session.ts';
import { Beacon } from '../ui/beacon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { ProviderDoor } from './provider-door.tsx';
import './sign-in.css';

/** What each failure means to the person at the door. */
const failureKeys = {
  unauthenticated: 'signIn.wrong',
  refused: 'signIn.wrong',
  locked: 'signIn.locked',
  away: 'signIn.away',
  broken: 'signIn.broken',
} as const satisfies Record<RequestFailure, string>;

export function SignInPage() {
  const { t } = useLanguage();
  const { session } = useSession();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<RequestFailure | null>(null);
  useEffect(() => {
    if (session.state === 'known') go(wantedRoute(), 'replace');
  }, [session.state]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    setFailure(
      await signIn({ account: String(form.get('account')), password: String(form.get('password')) }),
    );
    setBusy(false);
  }

  return (
    <main className="sign-in">
      <form className="sign-in-form" onSubmit={(event) => void submit(event)}>
        <h1 className="sign-in-title">
          <Beacon />
          {t('app.title')}
        </h1>
        <label className="field">
          <span>{t('signIn.account')}</span>
          <input name="account" autoComplete="username" autoCapitalize="none" maxLength={64} required />
        </label>
        <label className="field">
          <span>{t('signIn.password')}</span>
          <input name="password" type="password" autoComplete="current-password" maxLength={256} required />
        </label>
        <p className="sign-in-failure" role="alert">
          {failure !== null && t(failureKeys[failure])}
        </p>
        <button type="submit" className="button button-main" disabled={busy}>
          {busy ? t('signIn.busy') : t('signIn.submit')}
        </button>
        <ProviderDoor />
      </form>
      <LanguageSwitch />
    </main>
  );
}
