import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
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
  const [said, setSaid] = useState<Said>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const changed = await change({
      ...{ method: 'PUT', path: `/people/${encodeURIComponent(person?.id ?? text('id'))}` },
      answer: commandAnswer,
      body: {
        ...{ command: newCommandId(), name: text('name'), unit: text('unit') },
        ...{ title: text('title'), phone: text('phone') },
      },
    });
    if (changed.ok) saved();
    else setSaid(changed.refusal);
  }

  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      {person === null && <TextField name="id" label={t('desk.number')} value="" />}
      <TextField name="name" label={t('setup.people.name')} value={person?.name ?? ''} />
      <TextField name="title" label={t('setup.people.title')} value={person?.title ?? ''} optional />
      <TextField name="phone" label={t('setup.people.phone')} value={person?.phone ?? ''} optional />
      <TextField name="unit" label={t('setup.people.unit')} value={unit} />
      <button type="submit" className="button button-main">
        {t('setup.save')}
      </button>
      <Told said={said} />
    </form>
  );
}
