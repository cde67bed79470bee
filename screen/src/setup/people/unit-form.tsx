import type { ChainLink } from '@fenghuo/contracts/chain.ts';
import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../../i18n/language.ts';
import { type FieldOf, PlaceFields, RegisterForm, systemOf } from '../register-form.tsx';
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
  const body = (text: FieldOf) => ({
    ...{ coordinates: systemOf(text), level },
    ...{ name: text('name'), name_en: text('name_en'), area: text('area'), parent: text('parent') },
    ...{ lon: text('lon'), lat: text('lat'), capabilities: text('capabilities') },
  });
  return (
    <RegisterForm path="/units" id={unit?.id ?? null} body={body} saved={saved}>
      <TextField name="name" label={t('setup.building.nameZh')} value={unit?.name.zh ?? ''} wide />
      <TextField name="name_en" label={t('setup.building.nameEn')} value={unit?.name.en ?? ''} optional />
      <TextField name="area" label={t('setup.area')} value={unit?.area ?? ''} />
      <TextField name="parent" label={t('setup.people.parent')} value={unit?.parent ?? ''} optional />
      <PlaceFields at={unit} />
      {level === 'team' && (
        <TextField
          name="capabilities"
          label={t('setup.people.capabilities')}
          value={unit?.capabilities.join(' ') ?? ''}
          optional
        />
      )}
    </RegisterForm>
  );
}
