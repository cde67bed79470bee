import { type ChainLink, chainPage, type RosterPerson, rosterPage } from '@fenghuo/contracts/chain.ts';
import { dutyPosts, postWords, type UnitLevel, unitLevels } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { act, newCommandId } from '../../desk/act.ts';
import { ActNote } from '../../desk/act-note.tsx';
import type { ActState } from '../../desk/use-act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { Shown, useFetched } from '../fetched.tsx';

/** Units of the chain, and who of them is on duty. */
export function PeoplePage() {
  const { t } = useLanguage();
  const [unit, setUnit] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState<UnitLevel>('township');
  const units = useFetched(`/chain?limit=1000&level=${level}`, chainPage);
  const people = useFetched(
    unit === null ? null : `/roster?limit=200&unit=${encodeURIComponent(unit)}`,
    rosterPage,
  );
  const wanted = search.trim().toLowerCase();
  const isWanted = ({ id, name }: ChainLink) =>
    [id, name.zh, name.en].some((text) => text.toLowerCase().includes(wanted));
  return (
    <div className="setup-halves">
      <section>
        <div className="act-form">
          <label className="field">
            {t('setup.people.level')}
            <select
              value={level}
              onChange={(event) => setLevel(unitLevels.find((one) => one === event.target.value) ?? level)}
            >
              {unitLevels.map((one) => (
                <option key={one} value={one}>
                  {t(`level.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="field field-wide">
            {t('setup.people.search')}
            <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
          </label>
        </div>
        <Shown of={units}>
          {({ units: all, next }) => (
            <>
              <ul className="setup-list" data-units={all.length}>
                {all.filter(isWanted).map((link) => (
                  <UnitLine key={link.id} link={link} chosen={link.id === unit} choose={setUnit} />
                ))}
              </ul>
              {next !== null && (
                <p className="quiet-words">{t('setup.people.more', { count: all.length })}</p>
              )}
            </>
          )}
        </Shown>
      </section>
      <section>
        {unit === null ? (
          <p className="quiet-words">{t('setup.people.choose')}</p>
        ) : (
          <Shown of={people}>
            {({ people: staff }) => (
              <>
                {staff.length === 0 && <p className="quiet-words">{t('setup.people.none')}</p>}
                <ul className="setup-list">
                  {staff.map((person) => (
                    <PersonLine
                      key={person.id}
                      person={person}
                      changed={() => {
                        people.again();
                        units.again();
                      }}
                    />
                  ))}
                </ul>
              </>
            )}
          </Shown>
        )}
      </section>
    </div>
  );
}

interface UnitLineProps {
  link: ChainLink;
  chosen: boolean;
  choose: (unit: string) => void;
}

function UnitLine({ link: { id, name, staff, onDuty }, chosen, choose }: UnitLineProps) {
  const { t, say } = useLanguage();
  return (
    <li>
      <button type="button" className="desk-row setup-unit" aria-pressed={chosen} onClick={() => choose(id)}>
        <strong>{say(name)}</strong>
        <span>{t('wall.onDuty', { on: onDuty.length, all: staff })}</span>
      </button>
    </li>
  );
}

function PersonLine({ person, changed }: { person: RosterPerson; changed: () => void }) {
  const { t, say } = useLanguage();
  const may = useMay();
  const [state, setState] = useState<ActState>({ state: 'idle' });
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
      <ActNote act={state} />
    </li>
  );
}
