import type { SignedIn } from '@fenghuo/contracts/rest.ts';
import { type FormEvent, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { takeSeat } from '../state/session.ts';

/** Where whoever is signed in sits: the other seats read it beside a case that both look at. */
export function TakeSeat({ who }: { who: SignedIn }) {
  const { t } = useLanguage();
  const [seat, setSeat] = useState(who.seat ?? '');
  const [failed, setFailed] = useState(false);
  const isKept = seat.trim() === (who.seat ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void takeSeat(seat.trim()).then((taken) => setFailed(!taken));
  };
  return (
    <form className="take-seat" onSubmit={submit}>
      <label className="field">
        {t('home.seat')}
        <input
          maxLength={32}
          value={seat}
          placeholder={t('home.seatExample')}
          onChange={(event) => setSeat(event.target.value)}
        />
      </label>
      {!isKept && (
        <button type="submit" className="button button-plain">
          {t('home.takeSeat')}
        </button>
      )}
      {failed && <span role="alert">{t('signIn.away')}</span>}
    </form>
  );
}
