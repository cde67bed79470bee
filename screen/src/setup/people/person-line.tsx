import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import { dutyPosts, postWords } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { act, newCommandId } from '../../desk/act.ts';
import { ActNote } from '../../desk/act-note.tsx';
import type { ActState } from '../../desk/use-act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { PersonForm } from './person-form.tsx';

/** Somebody of a unit: who they are, what they do while on duty, and what is known of them, to be put right. */
export function PersonLine({ person, changed }: { person: RosterPerson; changed: () => void }) {
  const { t, say } = useLanguage();
  const may = useMay();
  const [state, setState] = useState<ActState>({ state: 'idle' });
  const [isChanging, setChanging] = useState(false);
  const { id, name, phone, title, post, onDuty } = person;

  async function put(to: string) {
    setState({ state: 'sending' });
    const wanted = dutyPosts.find((one) => one === to) ?? null;
    const outcome = await act({
      ...{ act: 'set-duty', id: newCommandId(), subject: id, seat: '', reason: '' },
      ...{ post: wanted, until: null },
    });
    setState(outcome.state === 'done' ? { state: 'idle' } : outcome);
    changed();
  }

  return (
    <li className="setup-line" data-person={id}>
      <div className="setup-line-words">
        <strong>{name}</strong>
        <span>{[title, phone].filter(Boolean).join(' · ')}</span>
      </div>
      {may('set-duty') ? (
        <select
          aria-label={t('setup.people.duty', { name })}
          value={onDuty ? post : ''}
          disabled={state.state === 'sending'}
          onChange={(event) => void put(event.target.value)}
        >
          <option value="">{t('setup.people.off')}</option>
          {dutyPosts.map((one) => (
            <option key={one} value={one}>
              {t('setup.people.on', { post: say(postWords[one]) })}
            </option>
          ))}
        </select>
      ) : (
        <span>{onDuty ? t('setup.people.on', { post: say(postWords[post]) }) : t('setup.people.off')}</span>
      )}
      {may('register-people') && (
        <button
          type="button"
          className="button button-plain"
          aria-expanded={isChanging}
          aria-label={t('setup.people.changePerson', { name })}
          onClick={() => setChanging(!isChanging)}
        >
          {t('setup.change')}
        </button>
      )}
      <ActNote act={state} />
      {isChanging && (
        <PersonForm
          person={person}
          unit={person.unit}
          saved={() => {
            setChanging(false);
            changed();
          }}
        />
      )}
    </li>
  );
}
