import { useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { useNow } from '../ui/now.ts';
import { Changing } from './changing.tsx';
import { type TownshipRow, townshipRows } from './township-rows.ts';
import { useSize } from './use-size.ts';

/** In rem; the same as in wall.css. */
const row = { height: 2.5, width: 14 };

interface TownshipsProps {
  world: World;
  /** Safety index by area. */
  index: ReadonlyMap<string, number>;
}

/** What each township room has to do, and its safety index: whole rows only, the busy first. */
export function Townships({ world, index }: TownshipsProps) {
  const { t } = useLanguage();
  const now = useNow();
  const [element, size] = useSize<HTMLUListElement>();
  const rows = useMemo(() => townshipRows(world, index, now), [world, index, now]);
  const columns = Math.max(1, Math.floor((size?.width ?? 0) / row.width));
  const fit = Math.max(0, Math.floor((size?.height ?? 0) / row.height)) * columns;
  const hidden = rows.length - Math.min(fit, rows.length);
  if (rows.length < 2) return null;
  return (
    <section className="townships">
      <h2 className="column-title">
        {t('townships.title')}
        <span>
          {t('townships.columns')}
          {hidden > 0 && fit > 0 && ` · ${t('townships.more', { count: hidden })}`}
        </span>
      </h2>
      <ul ref={element} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {rows.slice(0, fit).map((one) => (
          <Township key={one.code} row={one} />
        ))}
      </ul>
    </section>
  );
}

function Township({ row: { name, open, late, index } }: { row: TownshipRow }) {
  const { t, say } = useLanguage();
  return (
    <li className="township" data-busy={open > 0 || undefined}>
      <span className="township-name">{say(name)}</span>
      {late > 0 && <Changing className="township-late" value={t('townships.late', { count: late })} />}
      <Changing className="township-open" value={open === 0 ? '' : String(open)} />
      <Changing className="township-index" value={index === null ? '–' : String(index)} />
    </li>
  );
}
