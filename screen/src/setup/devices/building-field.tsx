import { buildingList } from '@fenghuo/contracts/registry.ts';
import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import { useId, useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useFetched } from '../fetched.tsx';
import { useSettled } from '../use-settled.ts';

/** A building by part of its name; the form gets its id as `building`, empty while none is chosen. */
export function BuildingField({ building, place }: Pick<DeviceCard, 'building' | 'place'>) {
  const { t, say } = useLanguage();
  const field = useId();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(
    building === null ? null : { id: building, name: place === null ? building : say(place) },
  );
  const wanted = useSettled(search);
  const found = useFetched(
    wanted === '' || chosen !== null ? null : `/buildings?limit=6&search=${encodeURIComponent(wanted)}`,
    buildingList,
  );
  return (
    <div className="field field-wide setup-pick">
      <label htmlFor={field}>{t('setup.building.field')}</label>
      <input type="hidden" name="building" value={chosen?.id ?? ''} />
      <input
        id={field}
        value={chosen?.name ?? search}
        maxLength={64}
        placeholder={t('setup.building.fieldHint')}
        onChange={(event) => {
          setChosen(null);
          setSearch(event.target.value);
        }}
      />
      {found.state === 'ready' && chosen === null && wanted !== '' && (
        <ul className="setup-choices">
          {found.body.buildings.map(({ id, name }) => (
            <li key={id}>
              <button type="button" onClick={() => setChosen({ id, name: say(name) })}>
                {say(name)} <span className="setup-line-hint">{id}</span>
              </button>
            </li>
          ))}
          {found.body.buildings.length === 0 && <li>{t('setup.building.none')}</li>}
        </ul>
      )}
    </div>
  );
}
