import { type RosterPerson, rosterPage } from '@fenghuo/contracts/chain.ts';
import type { DrillScenario } from '@fenghuo/contracts/drills.ts';
import { useEffect, useMemo, useState } from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { onDutyAlong, peopleLike } from './choose-people.ts';

/** More nobody reads; who looks for somebody types. */
const mostShown = 60;

/** Everybody of the roster, page by page. */
export function useRoster(): readonly RosterPerson[] {
  const [people, setPeople] = useState<readonly RosterPerson[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      const all: RosterPerson[] = [];
      for (let after = ''; isCurrent; ) {
        const path = `/roster?limit=500${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
        const page = await request({ method: 'GET', path, answer: rosterPage });
        if (!page.ok) break;
        all.push(...page.body.people);
        if (page.body.next === null) break;
        after = page.body.next;
      }
      if (isCurrent) setPeople(all);
    };
    void load();
    return () => {
      isCurrent = false;
    };
  }, []);
  return people;
}

interface ParticipantsProps {
  world: World;
  people: readonly RosterPerson[];
  scenario: DrillScenario | null;
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** Who takes part. Nobody else hears anything, so that an empty list is a drill of the machines alone. */
export function Participants({ world, people, scenario, chosen, choose }: ParticipantsProps) {
  const { t, say } = useLanguage();
  const [typed, setTyped] = useState('');
  const unitName = useMemo(
    () => (id: string) => {
      const unit = world.units.get(id);
      return unit === undefined ? '' : say(unit.name);
    },
    [world.units, say],
  );
  const found = useMemo(() => peopleLike(people, typed, unitName), [people, typed, unitName]);
  const shown = useMemo(
    () => [...found.filter(({ id }) => chosen.has(id)), ...found.filter(({ id }) => !chosen.has(id))],
    [found, chosen],
  );
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <fieldset className="drill-people">
      <legend>{t('drill.people', { count: chosen.size })}</legend>
      <p className="quiet-words">{t('drill.peopleHint')}</p>
      <div className="drill-people-acts">
        <input
          type="search"
          value={typed}
          placeholder={t('drill.peopleFind')}
          aria-label={t('drill.peopleFind')}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button
          type="button"
          className="button"
          disabled={scenario === null || people.length === 0}
          onClick={() => scenario !== null && choose(new Set(onDutyAlong(people, scenario)))}
        >
          {t('drill.peopleAlong')}
        </button>
        <button
          type="button"
          className="button"
          disabled={chosen.size === 0}
          onClick={() => choose(new Set())}
        >
          {t('drill.peopleNone')}
        </button>
      </div>
      <ul>
        {shown.slice(0, mostShown).map(({ id, name, title, unit, onDuty }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span>{name}</span>
              <span className="drill-people-unit">
                {unitName(unit)} · {title}
              </span>
              {onDuty && <span className="drill-people-duty">{t('drill.onDuty')}</span>}
            </label>
          </li>
        ))}
      </ul>
      {shown.length > mostShown && (
        <p className="quiet-words">{t('drill.peopleMore', { count: shown.length - mostShown })}</p>
      )}
    </fieldset>
  );
}
