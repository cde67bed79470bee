import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';

interface ChoiceProps {
  label: string;
  value: string;
  write: (value: string) => void;
  choices: readonly { value: string; text: string }[];
  /** What choosing nothing means; absent: whatever it is; null: one has to be chosen. */
  none?: string | null;
}

/** One of several, or a narrowing to one of them. */
export function Choice({ label, value, write, choices, none }: ChoiceProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => write(event.target.value)}>
        {none !== null && <option value="">{none ?? t('records.any')}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </div>
  );
}

type TownshipChoiceProps = Pick<ChoiceProps, 'value' | 'write'> & { world: World };

/** A township, or all that one sees. */
export function TownshipChoice({ world, value, write }: TownshipChoiceProps) {
  const { t, say } = useLanguage();
  const townships = world.places.filter(({ level }) => level === 'township');
  return (
    <Choice
      label={t('records.area')}
      value={value}
      write={write}
      choices={townships.map(({ code, name }) => ({ value: code, text: say(name) }))}
    />
  );
}
