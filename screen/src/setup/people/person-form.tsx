import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import { useLanguage } from '../../i18n/language.ts';
import { RegisterForm } from '../register-form.tsx';
import { TextField } from '../text-field.tsx';

interface PersonFormProps {
  /** Null: somebody new. */
  person: RosterPerson | null;
  unit: string;
  saved: () => void;
}

/** Who somebody is, and whose: another unit's id moves them. */
export function PersonForm({ person, unit, saved }: PersonFormProps) {
  const { t } = useLanguage();
  return (
    <RegisterForm
      path="/people"
      id={person?.id ?? null}
      body={(text) => ({
        name: text('name'),
        unit: text('unit'),
        title: text('title'),
        phone: text('phone'),
      })}
      saved={saved}
    >
      <TextField name="name" label={t('setup.people.name')} value={person?.name ?? ''} />
      <TextField name="title" label={t('setup.people.title')} value={person?.title ?? ''} optional />
      <TextField name="phone" label={t('setup.people.phone')} value={person?.phone ?? ''} optional />
      <TextField name="unit" label={t('setup.people.unit')} value={unit} />
    </RegisterForm>
  );
}
