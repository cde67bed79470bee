import { type ChainLink, chainPage, rosterPage } from '@fenghuo/contracts/chain.ts';
import { type UnitLevel, unitLevels } from '@fenghuo/contracts/words.ts';
import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { ImportButton } from '../import/import-button.tsx';
import { ImportPane } from '../import/import-pane.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonLine } from './person-line.tsx';
import { UnitForm } from './unit-form.tsx';

type Opened = 'units' | 'people' | 'new-unit' | 'unit' | 'new-person' | null;

/** Units of the chain, who belongs to each, and who of them is on duty. */
export function PeoplePage() {
  const { t, say } = useLanguage();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const [unit, setUnit] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState<UnitLevel>('township');
  const units = useFetched(`/chain?limit=1000&level=${level}`, chainPage);
  const people = useFetched(
    unit === null ? null : `/roster?limit=200&unit=${encodeURIComponent(unit)}`,
    rosterPage,
  );
  const toggle = (what: Opened) => () => setOpened(opened === what ? null : what);
  const look = () => {
    units.again();
    people.again();
  };
  const changed = () => {
    setOpened(null);
    look();
  };
  const chosen = units.state === 'ready' ? units.body.units.find(({ id }) => id === unit) : undefined;
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
        {may('register-units') && (
          <div className="act-form">
            <Opener open={opened === 'new-unit'} toggle={toggle('new-unit')}>
              {t('setup.people.addUnit')}
            </Opener>
            <ImportButton open={opened === 'units'} set={toggle('units')} />
          </div>
        )}
        {opened === 'new-unit' && <UnitForm unit={null} level={level} saved={changed} />}
        {opened === 'units' && <ImportPane kind="units" imported={units.again} />}
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
        {may('register-people') && (
          <div className="act-form">
            {chosen !== undefined && (
              <>
                <Opener open={opened === 'unit'} toggle={toggle('unit')}>
                  {t('setup.people.changeUnit', { name: say(chosen.name) })}
                </Opener>
                <Opener open={opened === 'new-person'} toggle={toggle('new-person')}>
                  {t('setup.people.addPerson')}
                </Opener>
              </>
            )}
            <Opener open={opened === 'people'} toggle={toggle('people')}>
              {t('setup.people.importPeople')}
            </Opener>
          </div>
        )}
        {opened === 'people' && <ImportPane kind="people" imported={look} />}
        {opened === 'unit' && chosen !== undefined && (
          <UnitForm key={chosen.id} unit={chosen} level={chosen.level} saved={changed} />
        )}
        {opened === 'new-person' && unit !== null && <PersonForm person={null} unit={unit} saved={changed} />}
        {unit === null ? (
          <p className="quiet-words">{t('setup.people.choose')}</p>
        ) : (
          <Shown of={people}>
            {({ people: staff }) => (
              <>
                {staff.length === 0 && <p className="quiet-words">{t('setup.people.none')}</p>}
                <ul className="setup-list">
                  {staff.map((person) => (
                    <PersonLine key={person.id} person={person} changed={look} />
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

interface OpenerProps {
  open: boolean;
  toggle: () => void;
  children: ReactNode;
}

function Opener({ open, toggle, children }: OpenerProps) {
  return (
    <button type="button" className="button" aria-expanded={open} onClick={toggle}>
      {children}
    </button>
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
