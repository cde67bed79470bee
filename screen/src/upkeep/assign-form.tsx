import { useId, useState } from 'react';
import { ActNote } from '../desk/act-note.tsx';
import { UnitField } from '../desk/unit-field.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { serverNow } from '../ui/now.ts';

const dayMs = 24 * 3_600_000;
const choices = [1, 3, 7, 14];
/** One command takes so many. */
const mostAtOnce = 500;

interface AssignFormProps {
  /** At the versions that were seen. */
  orders: readonly { id: string; version: number }[];
  /** From which the units are measured. */
  near: { lon: number | null; lat: number | null };
  done: () => void;
}

/** Gives the chosen work orders to a unit, all of them or none. */
export function AssignForm({ orders, near, done }: AssignFormProps) {
  const { t } = useLanguage();
  const [personId, dueId] = [useId(), useId()];
  const units = useStation((station) => station.world?.units);
  const [unit, setUnit] = useState('');
  const [person, setPerson] = useState('');
  const [days, setDays] = useState(3);
  const { shown, busy, perform } = useSettledAct('/upkeep');
  const given = orders.slice(0, mostAtOnce);
  const assign = async () => {
    const { state } = await perform({
      act: 'assign-upkeep',
      subject: unit,
      person,
      dueAt: Math.round(serverNow() + days * dayMs),
      orders: given.map(({ id, version }) => ({ id, version })),
    });
    if (state === 'done') done();
  };
  return (
    <section className="desk-block assign-form" aria-label={t('upkeep.assign', { count: given.length })}>
      <div className="act-form">
        <UnitField
          label={t('upkeep.assigned')}
          units={units?.values() ?? []}
          place={near}
          chosen={unit}
          choose={setUnit}
        />
        <div className="field">
          <label htmlFor={personId}>{t('upkeep.person')}</label>
          <input
            id={personId}
            value={person}
            maxLength={64}
            onChange={(event) => setPerson(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={dueId}>{t('upkeep.dueAt')}</label>
          <select id={dueId} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {choices.map((count) => (
              <option key={count} value={count}>
                {t('upkeep.within', { count })}
              </option>
            ))}
          </select>
        </div>
        <button
          type="button"
          className="button button-main"
          disabled={busy || unit === ''}
          onClick={() => void assign()}
        >
          {t('upkeep.assign', { count: given.length })}
        </button>
        <ActNote act={shown} />
      </div>
    </section>
  );
}
