import type { BuildingLine } from '@fenghuo/contracts/registry.ts';
import { buildingUses } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../../i18n/language.ts';
import { type FieldOf, PlaceFields, RegisterForm, systemOf } from '../register-form.tsx';
import { TextField } from '../text-field.tsx';

function bodyOf(text: FieldOf) {
  const holder = text('keyholder');
  return {
    coordinates: systemOf(text),
    ...{ area: text('area'), nameZh: text('nameZh'), nameEn: text('nameEn') || null, use: text('use') },
    ...{ floors: Number(text('floors')), lon: Number(text('lon')), lat: Number(text('lat')) },
    keyholder: holder === '' ? null : { name: holder, phone: text('phone') },
  };
}

/** What is known of a building; null: a new one. */
export function BuildingForm({ building, saved }: { building: BuildingLine | null; saved: () => void }) {
  const { t } = useLanguage();
  const englishName = building === null || building.name.en === building.name.zh ? '' : building.name.en;
  const { name: holder = '', phone = '' } = building?.keyholder ?? {};
  return (
    <RegisterForm path="/buildings" id={building?.id ?? null} body={bodyOf} saved={saved}>
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
      <PlaceFields at={building} />
      <TextField name="keyholder" label={t('setup.building.holder')} value={holder} optional />
      <TextField name="phone" label={t('setup.building.phone')} value={phone} optional />
    </RegisterForm>
  );
}
