import { caseStates } from '@fenghuo/contracts/case.ts';
import { type FormEvent, useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { Choice, TownshipChoice } from '../ui/choice.tsx';
import type { CaseSearchFields } from './case-query.ts';

interface SearchFormProps {
  world: World;
  fields: CaseSearchFields;
  write: (fields: CaseSearchFields) => void;
  submit: (event: FormEvent) => void;
}

export function SearchForm({ world, fields, write, submit }: SearchFormProps) {
  const { t } = useLanguage();
  const put = (name: keyof CaseSearchFields) => (value: string) => write({ ...fields, [name]: value });
  return (
    <search>
      <form className="page-form" onSubmit={submit}>
        <TextField label={t('records.place')} value={fields.text} write={put('text')} focused />
        <TextField label={t('records.code')} value={fields.code} write={put('code')} />
        <TextField label={t('records.device')} value={fields.device} write={put('device')} />
        <TextField label={t('records.person')} value={fields.person} write={put('person')} />
        <TextField label={t('records.from')} value={fields.from} write={put('from')} type="date" />
        <TextField label={t('records.to')} value={fields.to} write={put('to')} type="date" />
        <TownshipChoice world={world} value={fields.area} write={put('area')} />
        <Choice
          label={t('records.state')}
          value={fields.state}
          write={put('state')}
          choices={caseStates.map((state) => ({ value: state, text: t(`records.${state}`) }))}
        />
        <Choice
          label={t('records.drills')}
          value={fields.run}
          write={put('run')}
          none={t('records.liveOnly')}
          choices={[{ value: 'any', text: t('records.withDrills') }]}
        />
        <button type="submit" className="button button-main">
          {t('records.search')}
        </button>
      </form>
    </search>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  write: (value: string) => void;
  type?: 'date';
  focused?: boolean;
}

function TextField({ label, value, write, type, focused = false }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type ?? 'text'}
        value={value}
        maxLength={64}
        // biome-ignore lint/a11y/noAutofocus: whoever comes here comes to search
        autoFocus={focused}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
