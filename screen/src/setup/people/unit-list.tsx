import type { ChainLink, ChainPage } from '@fenghuo/contracts/chain.ts';
import { type UnitLevel, unitLevels } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { type Fetched, Shown } from '../fetched.tsx';
import { ImportButton } from '../import/import-button.tsx';
import { ImportPane } from '../import/import-pane.tsx';
import { Opener } from './opener.tsx';
import { UnitForm } from './unit-form.tsx';

interface UnitListProps {
  units: Fetched<ChainPage>;
  level: UnitLevel;
  setLevel: (level: UnitLevel) => void;
  /** The chosen one; null: none. */
  unit: string | null;
  choose: (unit: string) => void;
  changed: () => void;
}

/** The units of a level by part of their name, and the ways to more of them. */
export function UnitList({ units, level, setLevel, unit, choose, changed }: UnitListProps) {
  const { t } = useLanguage();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const isWanted = ({ id, name }: ChainLink) =>
    [id, name.zh, name.en].some((text) => text.toLowerCase().includes(wanted));
  return (
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
      <MoreUnits level={level} changed={changed} />
      <Shown of={units}>
        {({ units: all, next }) => (
          <>
            <ul className="setup-list" data-units={all.length}>
              {all.filter(isWanted).map((link) => (
                <UnitLine key={link.id} link={link} chosen={link.id === unit} choose={choose} />
              ))}
            </ul>
            {!all.some(isWanted) && <p className="quiet-words">{t('setup.people.noUnit')}</p>}
            {next !== null && <p className="quiet-words">{t('setup.people.more', { count: all.length })}</p>}
          </>
        )}
      </Shown>
    </section>
  );
}

/** A new unit by hand, or many from a file. */
function MoreUnits({ level, changed }: Pick<UnitListProps, 'level' | 'changed'>) {
  const { t } = useLanguage();
  const may = useMay();
  const [opened, setOpened] = useState<'one' | 'file' | null>(null);
  const toggle = (what: 'one' | 'file') => () => setOpened(opened === what ? null : what);
  const saved = () => {
    setOpened(null);
    changed();
  };
  if (!may('register-units')) return null;
  return (
    <>
      <div className="act-form">
        <Opener open={opened === 'one'} toggle={toggle('one')}>
          {t('setup.people.addUnit')}
        </Opener>
        <ImportButton open={opened === 'file'} set={toggle('file')} />
      </div>
      {opened === 'one' && <UnitForm unit={null} level={level} saved={saved} />}
      {opened === 'file' && <ImportPane kind="units" imported={changed} />}
    </>
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
