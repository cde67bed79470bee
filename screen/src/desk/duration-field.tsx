import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { countdownText } from '../ui/durations.ts';
import { useUnitWords } from '../ui/unit-words.ts';

interface DurationFieldProps {
  minutes: number;
  choices: readonly number[];
  choose: (minutes: number) => void;
}

/** For how long: one of a few times, in minutes. */
export function DurationField({ minutes, choices, choose }: DurationFieldProps) {
  const { t } = useLanguage();
  const id = useId();
  const units = useUnitWords();
  return (
    <div className="field">
      <label htmlFor={id}>{t('desk.duration')}</label>
      <select id={id} value={minutes} onChange={(event) => choose(Number(event.target.value))}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {countdownText(choice * 60_000, units)}
          </option>
        ))}
      </select>
    </div>
  );
}
