import { useLanguage } from '../i18n/language.ts';
import { useNameOf } from './case-names.ts';

interface WhoDidProps {
  /** An account, or the engine. */
  by: string;
  seat?: string | undefined;
}

/** Who did something in a case, as people call them, and where they sat. */
export function WhoDid({ by, seat }: WhoDidProps) {
  const { t } = useLanguage();
  const nameOf = useNameOf();
  return (
    <span className="quiet-words">
      {by === 'engine' ? t('desk.engine') : nameOf(by)}
      {seat !== undefined && ` · ${seat}`}
    </span>
  );
}
