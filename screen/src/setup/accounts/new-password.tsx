import { useLanguage } from '../../i18n/language.ts';
import type { Issued } from './accounts-page.tsx';

/** A password that is told this once, to be read out or written down. */
export function NewPassword({ issued, seen }: { issued: Issued; seen: () => void }) {
  const { t } = useLanguage();
  return (
    <div className="setup-password" role="alert">
      <p>{t('setup.account.password', { name: issued.name })}</p>
      <code data-password={issued.name}>{issued.password}</code>
      <button type="button" className="button" onClick={seen}>
        {t('setup.account.seen')}
      </button>
    </div>
  );
}
