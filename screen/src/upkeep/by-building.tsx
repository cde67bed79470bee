import { type UpkeepBuilding, upkeepBuildings } from '@fenghuo/contracts/upkeep.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import type { World } from '../state/world.ts';
import { ageText } from '../ui/durations.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { AssignForm } from './assign-form.tsx';
import { upkeepKinds } from './upkeep-kinds.ts';
import { type UpkeepFields, upkeepPath } from './upkeep-query.ts';

interface ByBuildingProps {
  world: World;
  fields: UpkeepFields;
}

/** The queue by building, those with the most to do first: who goes there does all of it. */
export function ByBuilding({ world, fields }: ByBuildingProps) {
  const { t } = useLanguage();
  const may = useMay();
  const [chosen, setChosen] = useState<string | null>(null);
  const path = upkeepPath(fields, 'buildings');
  const found = useInfiniteQuery({
    queryKey: [path],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answerOf(pageParam === '' ? path : `${path}&after=${encodeURIComponent(pageParam)}`, upkeepBuildings),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const buildings = found.data?.pages.flatMap((page) => page.buildings) ?? [];
  if (found.isError) return <p role="alert">{t('records.failed')}</p>;
  if (found.isSuccess && buildings.length === 0) return <p className="quiet-words">{t('upkeep.nothing')}</p>;
  return (
    <section aria-label={t('upkeep.by.building')} data-buildings={buildings.length}>
      <ul className="upkeep-buildings">
        {buildings.map((one) => {
          const key = one.building ?? one.area;
          return (
            <li key={key} data-building={key}>
              <BuildingLine
                world={world}
                of={one}
                open={chosen === key}
                toggle={() => setChosen(chosen === key ? null : key)}
              />
              {chosen === key && may('assign-upkeep') && (
                <AssignForm orders={one.orders} near={one} done={() => setChosen(null)} />
              )}
            </li>
          );
        })}
      </ul>
      <MoreButton of={found} />
    </section>
  );
}

interface BuildingLineProps {
  world: World;
  of: UpkeepBuilding;
  open: boolean;
  toggle: () => void;
}

function BuildingLine({ world, of, open, toggle }: BuildingLineProps) {
  const { t, say } = useLanguage();
  const units = useUnitWords();
  const now = useNow();
  const { name, area, count, kinds, oldestAt, assigned, overdue } = of;
  const township = world.places.find(({ level, code }) => level === 'township' && area.startsWith(code));
  const counts = upkeepKinds.flatMap((kind) => {
    const of = kinds[kind];
    return of === undefined ? [] : [`${t(`upkeepKind.${kind}`)} ${of}`];
  });
  return (
    <button type="button" className="upkeep-building" aria-expanded={open} onClick={toggle}>
      <strong>{name === null ? t('upkeep.outdoors') : say(name)}</strong>
      <span>{township !== undefined && say(township.name)}</span>
      <span>{t('upkeep.open', { count })}</span>
      <span className="quiet-words">{counts.join(' · ')}</span>
      <span>{ageText(now - oldestAt, units)}</span>
      <span className="quiet-words">
        <span>{t('upkeep.nobody', { count: count - assigned })}</span>
        {overdue > 0 && <strong>{t('upkeep.overdue', { count: overdue })}</strong>}
      </span>
    </button>
  );
}
