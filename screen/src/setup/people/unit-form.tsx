import type { ChainLink } from '@fenghuo/contracts/chain.ts';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { coordinateSystems } from '@fenghuo/contracts/registry.ts';
import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
import { TextField } from '../text-field.tsx';

interface UnitFormProps {
  /** Null: a new one, of this level. */
  unit: ChainLink | null;
  level: UnitLevel;
  saved: () => void;
}

/** What a unit is called, whose it is, where it sits, and what it can do. Its level stays. */
export function UnitForm({ unit, level, saved }: UnitFormProps) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<Said>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const changed = await change({
      ...{ method: 'PUT', path: `/units/${encodeURIComponent(unit?.id ?? text('id'))}` },
      answer: commandAnswer,
      body: {
        ...{ command: newCommandId(), coordinates: text('coordinates') || 'wgs84', level },
        ...{ name: text('name'), name_en: text('name_en'), area: text('area'), parent: text('parent') },
        ...{ lon: text('lon'), lat: text('lat'), capabilities: text('capabilities') },
      },
    });
    if (changed.ok) saved();
    else setSaid(changed.refusal);
  }

  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      {unit === null && <TextField name="id" label={t('desk.number')} value="" />}
      <TextField name="name" label={t('setup.building.nameZh')} value={unit?.name.zh ?? ''} wide />
      <TextField name="name_en" label={t('setup.building.nameEn')} value={unit?.name.en ?? ''} optional />
      <TextField name="area" label={t('setup.area')} value={unit?.area ?? ''} />
      <TextField name="parent" label={t('setup.people.parent')} value={unit?.parent ?? ''} optional />
      <TextField name="lon" label={t('setup.lon')} value={`${unit?.lon ?? ''}`} number />
      <TextField name="lat" label={t('setup.lat')} value={`${unit?.lat ?? ''}`} number />
      {unit === null && (
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
      {level === 'team' && (
        <TextField
          name="capabilities"
          label={t('setup.people.capabilities')}
          value={unit?.capabilities.join(' ') ?? ''}
          optional
        />
      )}
      <button type="submit" className="button button-main">
        {t('setup.save')}
      </button>
      <Told said={said} />
    </form>
  );
}
