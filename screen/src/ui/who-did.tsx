import type { ShownReport } from '@fenghuo/contracts/case.ts';
import { useLanguage } from '../i18n/language.ts';

interface WhoDidProps {
  /** An account, or the engine. */
  by: string;
  seat?: string | undefined;
  people: ShownReport['people'];
}

/** Who did something in a case, as people call them, and where they sat. */
export function WhoDid({ by, seat, people }: WhoDidProps) {
  const { t } = useLanguage();
  const name = people.find(({ account }) => account === by)?.name ?? by;
  return (
    <span className="quiet-words">
      {by === 'engine' ? t('desk.engine') : name}
      {seat !== undefined && ` · ${seat}`}
    </span>
  );
}
