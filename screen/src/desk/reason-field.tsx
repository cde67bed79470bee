import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';

interface ReasonFieldProps {
  /** Absent: a reason. */
  label?: string;
  reason: string;
  hint: string;
  write: (reason: string) => void;
}

/** Why, in a line: it goes on the record. */
export function ReasonField({ label, reason, hint, write }: ReasonFieldProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <div className="field field-wide">
      <label htmlFor={id}>{label ?? t('desk.reason')}</label>
      <input
        id={id}
        value={reason}
        maxLength={500}
        placeholder={hint}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
