import { type BuildingLine, buildingList } from '@fenghuo/contracts/registry.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { go } from '../../route.ts';
import { useMay } from '../../state/session.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { ImportButton } from '../import/import-button.tsx';
import { ImportPane } from '../import/import-pane.tsx';
import { useSettled } from '../use-settled.ts';
import { BuildingForm } from './building-form.tsx';

const shown = 50;

/** Buildings by name: what they are, who has the key, and what hangs in them. */
export function BuildingsPage() {
  const { t } = useLanguage();
  const may = useMay();
  const [search, setSearch] = useState('');
  const [isNew, setNew] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const wanted = useSettled(search);
  const found = useFetched(`/buildings?limit=${shown}&search=${encodeURIComponent(wanted)}`, buildingList);
  return (
    <>
      <div className="act-form">
        <label className="field setup-search">
          {t('setup.building.search')}
          <input
            type="search"
            value={search}
            maxLength={64}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        {may('register-buildings') && (
          <button type="button" className="button" aria-expanded={isNew} onClick={() => setNew(!isNew)}>
            {t('setup.building.add')}
          </button>
        )}
        {may('register-buildings') && <ImportButton open={isImporting} set={setImporting} />}
      </div>
      {isImporting && <ImportPane kind="buildings" imported={found.again} />}
      {isNew && (
        <BuildingForm
          building={null}
          saved={() => {
            setNew(false);
            found.again();
          }}
        />
      )}
      <Shown of={found}>
        {({ buildings, next }) => (
          <>
            {buildings.length === 0 && <p className="quiet-words">{t('setup.building.none')}</p>}
            <ul className="setup-list" data-buildings={buildings.length}>
              {buildings.map((building) => (
                <BuildingRow key={building.id} building={building} saved={found.again} />
              ))}
            </ul>
            {next !== null && <p className="quiet-words">{t('setup.building.more', { count: shown })}</p>}
          </>
        )}
      </Shown>
    </>
  );
}

function BuildingRow({ building, saved }: { building: BuildingLine; saved: () => void }) {
  const { t, say } = useLanguage();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const { id, name, areaName, use, floors, devices, keyholder } = building;
  return (
    <li className="setup-line" data-building={id}>
      <div className="setup-line-words">
        <strong>{say(name)}</strong>
        <span>
          {[say(areaName), t(`setup.use.${use}`), t('building.floors', { count: floors })].join(' · ')}
        </span>
        <span className="setup-line-hint">
          {keyholder === null
            ? t('setup.building.noKey')
            : t('setup.building.key', { name: keyholder.name, phone: keyholder.phone })}
        </span>
      </div>
      <button
        type="button"
        className="button button-plain"
        onClick={() => go(`/setup/devices?search=${encodeURIComponent(id)}`)}
      >
        {t('setup.building.devices', { count: devices })}
      </button>
      {may('register-buildings') && (
        <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('setup.change')}
        </button>
      )}
      {open && (
        <BuildingForm
          building={building}
          saved={() => {
            setOpen(false);
            saved();
          }}
        />
      )}
    </li>
  );
}
