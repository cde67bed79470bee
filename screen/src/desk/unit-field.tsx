import type { ChainUnit } from '@fenghuo/contracts/push.ts';
import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { nearUnits } from '../state/near-units.ts';
import { distanceText } from '../ui/distance-text.ts';

interface UnitFieldProps {
  label: string;
  units: Iterable<ChainUnit>;
  /** From which they are measured. */
  place: { lon: number | null; lat: number | null };
  chosen: string;
  choose: (unit: string) => void;
}

/** A unit of the chain, the nearest first. */
export function UnitField({ label, units, place, chosen, choose }: UnitFieldProps) {
  const { t, say } = useLanguage();
  const id = useId();
  return (
    <div className="field field-wide">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('dispatch.chooseUnit')}</option>
        {nearUnits(units, place).map(({ unit, metres }) => (
          <option key={unit.id} value={unit.id}>
            {[say(unit.name), t(`level.${unit.level}`), metres === null ? '' : distanceText(metres)]
              .filter((part) => part !== '')
              .join(' · ')}
          </option>
        ))}
      </select>
    </div>
  );
}
