import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { type BuildingLine, coordinateSystems } from '@fenghuo/contracts/registry.ts';
import { buildingUses } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
import { TextField } from '../text-field.tsx';

/** What is known of a building; null: a new one. */
export function BuildingForm({ building, saved }: { building: BuildingLine | null; saved: () => void }) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<Said>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const holder = text('keyholder');
    const changed = await change({
      ...{ method: 'PUT', path: `/buildings/${encodeURIComponent(building?.id ?? text('id'))}` },
      answer: commandAnswer,
      body: {
        ...{ command: newCommandId(), coordinates: text('coordinates') || 'wgs84' },
        ...{ area: text('area'), nameZh: text('nameZh'), nameEn: text('nameEn') || null, use: text('use') },
        ...{ floors: Number(text('floors')), lon: Number(text('lon')), lat: Number(text('lat')) },
        keyholder: holder === '' ? null : { name: holder, phone: text('phone') },
      },
    });
    if (changed.ok) saved();
    else setSaid(changed.refusal);
  }

  const englishName = building === null || building.name.en === building.name.zh ? '' : building.name.en;
  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      {building === null && <TextField name="id" label={t('desk.number')} value="" />}
      <TextField name="nameZh" label={t('setup.building.nameZh')} value={building?.name.zh ?? ''} wide />
      <TextField name="nameEn" label={t('setup.building.nameEn')} value={englishName} optional />
      <TextField name="area" label={t('setup.area')} value={building?.area ?? ''} />
      <label className="field">
        {t('setup.building.use')}
        <select name="use" defaultValue={building?.use ?? 'residential'}>
          {buildingUses.map((use) => (
            <option key={use} value={use}>
              {t(`setup.use.${use}`)}
            </option>
          ))}
        </select>
      </label>
      <TextField name="floors" label={t('setup.building.floors')} value={`${building?.floors ?? 1}`} number />
      <TextField name="lon" label={t('setup.lon')} value={`${building?.lon ?? ''}`} number />
      <TextField name="lat" label={t('setup.lat')} value={`${building?.lat ?? ''}`} number />
      {building === null && (
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
      <TextField
        name="keyholder"
        label={t('setup.building.holder')}
        value={building?.keyholder?.name ?? ''}
        optional
      />
      <TextField
        name="phone"
        label={t('setup.building.phone')}
        value={building?.keyholder?.phone ?? ''}
        optional
      />
      <button type="submit" className="button button-main">
        {t('setup.save')}
      </button>
      <Told said={said} />
    </form>
  );
}
