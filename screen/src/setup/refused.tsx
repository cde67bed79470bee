import i18next from 'i18next';
import { useLanguage } from '../i18n/language.ts';
import type { Refusal } from './change.ts';

/** What came of the last change: nothing yet, done, or why not. */
export type Said = { done: string } | Refusal | null;

/** Says it to the person who asked, where they look. */
export function Told({ said }: { said: Said }) {
  const { t, say } = useLanguage();
  if (said === null) return <p className="told" role="status" />;
  if ('done' in said)
    return (
      <p className="told" role="status">
        {said.done}
      </p>
    );
  const key = `setup.refusal.${said.reason}`;
  const known = i18next.exists(key) ? i18next.t(key as 'setup.refusal.broken') : null;
  const words = known ?? (said.words === null ? t('setup.refusal.broken') : say(said.words));
  return (
    <p className="told told-refused" role="alert">
      {words}
    </p>
  );
}
