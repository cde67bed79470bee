import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { coordinateSystems } from '@fenghuo/contracts/registry.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { newCommandId } from '../desk/act.ts';
import { useLanguage } from '../i18n/language.ts';
import { change } from './change.ts';
import { type Said, Told } from './refused.tsx';
import { TextField } from './text-field.tsx';

/** A field of the form by its name, without spaces around it; empty when the form has none. */
export type FieldOf = (name: string) => string;

interface RegisterFormProps {
  /** Of the list that it stands in, such as `/units`. */
  path: string;
  /** Null: a new one, whose id is asked. */
  id: string | null;
  body: (text: FieldOf) => object;
  saved: () => void;
  /** On its button; left out: save. */
  submit?: string;
  children: ReactNode;
}

/** What is known of something in the registry, put there by the writer; why not stands below. */
export function RegisterForm({ path, id, body, saved, submit, children }: RegisterFormProps) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<Said>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const changed = await change({
      ...{ method: 'PUT', path: `${path}/${encodeURIComponent(id ?? text('id'))}` },
      answer: commandAnswer,
      body: { command: newCommandId(), ...body(text) },
    });
    if (changed.ok) saved();
    else setSaid(changed.refusal);
  }

  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      {id === null && <TextField name="id" label={t('desk.number')} value="" />}
      {children}
      <button type="submit" className="button button-main">
        {submit ?? t('setup.save')}
      </button>
      <Told said={said} />
    </form>
  );
}

interface PlaceFieldsProps {
  /** Null: a new one; what was placed before is told in WGS-84. */
  at: { lon: number; lat: number } | null;
}

/** Where it is; of a new one in which coordinate system, too. */
export function PlaceFields({ at }: PlaceFieldsProps) {
  const { t } = useLanguage();
  return (
    <>
      <TextField name="lon" label={t('setup.lon')} value={`${at?.lon ?? ''}`} number />
      <TextField name="lat" label={t('setup.lat')} value={`${at?.lat ?? ''}`} number />
      {at === null && (
        <label className="field">
          {t('setup.import.coordinates')}
          <select name="coordinates" required defaultValue="">
            <option value="" disabled>
              {t('setup.choose')}
            </option>
            {coordinateSystems.map((system) => (
              <option key={system} value={system}>
                {t(`setup.import.system.${system}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

/** The coordinate system that {@link PlaceFields} says. */
export const systemOf = (text: FieldOf) => text('coordinates') || 'wgs84';
