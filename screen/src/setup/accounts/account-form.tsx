import { type AccountLine, issuedPassword } from '@fenghuo/contracts/accounts.ts';
import { roles } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { useLanguage } from '../../i18n/language.ts';
import { useStation } from '../../state/station.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
import { TextField } from '../text-field.tsx';
import type { Issued } from './accounts-page.tsx';

interface AccountFormProps {
  /** Null: a new one. */
  account: AccountLine | null;
  saved: (issued: Issued) => void;
}

/** What somebody may do, and where. */
export function AccountForm({ account, saved }: AccountFormProps) {
  const { t, say } = useLanguage();
  const [said, setSaid] = useState<Said>(null);
  const county = useStation((station) => station.world?.county);
  const places = useStation((station) => station.world?.places) ?? [];

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const common = {
      ...{ displayName: text('displayName'), role: text('role'), area: text('area') },
      unit: text('unit') || null,
    };
    if (account === null) {
      const body = { name: text('name').toLowerCase(), ...common };
      const made = await change({ method: 'POST', path: '/accounts', body, answer: issuedPassword });
      return made.ok ? saved(made.body) : setSaid(made.refusal);
    }
    const { name } = account;
    const path = `/accounts/${name}`;
    const changed = await change({ method: 'PUT', path, body: common, answer: z.null() });
    if (changed.ok) saved({ name, password: '' });
    else setSaid(changed.refusal);
  }

  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      {account === null && <TextField name="name" label={t('setup.account.name')} value="" />}
      <TextField
        name="displayName"
        label={t('setup.account.displayName')}
        value={account?.displayName ?? ''}
      />
      <label className="field">
        {t('setup.account.role')}
        <select name="role" defaultValue={account?.role ?? 'dispatcher'}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('setup.area')}
        <input name="area" list="setup-areas" required defaultValue={account?.area ?? county?.code ?? ''} />
      </label>
      <datalist id="setup-areas">
        {county !== undefined && <option value={county.code}>{say(county.name)}</option>}
        {places
          .filter(({ level }) => level === 'township')
          .map(({ code, name }) => (
            <option key={code} value={code}>
              {say(name)}
            </option>
          ))}
      </datalist>
      <TextField name="unit" label={t('setup.account.unit')} value={account?.unit ?? ''} optional />
      <button type="submit" className="button button-main">
        {t('setup.save')}
      </button>
      <Told said={said} />
    </form>
  );
}
