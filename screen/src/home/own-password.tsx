import { shortestPassword } from '@fenghuo/contracts/accounts.ts';
import { type FormEvent, useId, useState } from 'react';
import { send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';

type Outcome = 'idle' | 'sending' | 'differ' | 'wrong' | 'locked' | 'failed' | 'done';

/** One's own password: the old one, and the new one twice. */
export function OwnPassword() {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<Outcome>('idle');
  const [words, setWords] = useState({ before: '', after: '', again: '' });
  const put = (name: keyof typeof words) => (value: string) => setWords({ ...words, [name]: value });
  const change = async (event: FormEvent) => {
    event.preventDefault();
    const { before, after, again } = words;
    if (after !== again) return setOutcome('differ');
    setOutcome('sending');
    const response = await send({ method: 'PUT', path: '/session/password', body: { before, after } });
    const became = outcomeOf(response?.status);
    setOutcome(became);
    if (became === 'done') setWords({ before: '', after: '', again: '' });
  };
  return (
    <details className="own-password">
      <summary>{t('password.title')}</summary>
      <form onSubmit={(event) => void change(event)}>
        <Secret
          label={t('password.before')}
          value={words.before}
          write={put('before')}
          of="current-password"
        />
        <Secret
          label={t('password.after', { count: shortestPassword })}
          value={words.after}
          write={put('after')}
          of="new-password"
        />
        <Secret label={t('password.again')} value={words.again} write={put('again')} of="new-password" />
        <button type="submit" className="button button-main" disabled={outcome === 'sending'}>
          {t('password.change')}
        </button>
        <p role="status" data-password-change={outcome}>
          {outcome === 'idle' || outcome === 'sending' ? '' : t(`password.${outcome}`)}
        </p>
      </form>
    </details>
  );
}

function outcomeOf(status: number | undefined): Outcome {
  switch (status) {
    case 204:
      return 'done';
    case 409:
      return 'wrong';
    case 429:
      return 'locked';
    default:
      return 'failed';
  }
}

interface SecretProps {
  label: string;
  value: string;
  write: (value: string) => void;
  of: 'current-password' | 'new-password';
}

function Secret({ label, value, write, of }: SecretProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        required
        minLength={of === 'new-password' ? shortestPassword : undefined}
        autoComplete={of}
        value={value}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
