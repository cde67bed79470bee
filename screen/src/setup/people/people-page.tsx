import { chainPage, rosterPage } from '@fenghuo/contracts/chain.ts';
import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { useFetched } from '../fetched.tsx';
import { UnitList } from './unit-list.tsx';
import { UnitStaff } from './unit-staff.tsx';

/** Units of the chain, who belongs to each, and who of them is on duty. */
export function PeoplePage() {
  const [unit, setUnit] = useState<string | null>(null);
  const [level, setLevel] = useState<UnitLevel>('township');
  const units = useFetched(`/chain?limit=1000&level=${level}`, chainPage);
  const people = useFetched(
    unit === null ? null : `/roster?limit=200&unit=${encodeURIComponent(unit)}`,
    rosterPage,
  );
  const changed = () => {
    units.again();
    people.again();
  };
  const chosen = units.state === 'ready' ? units.body.units.find(({ id }) => id === unit) : undefined;
  return (
    <div className="setup-halves">
      <UnitList
        units={units}
        level={level}
        setLevel={setLevel}
        unit={unit}
        choose={setUnit}
        changed={changed}
      />
      <UnitStaff key={unit} people={people} unit={unit} link={chosen} changed={changed} />
    </div>
  );
}
