import { type UpkeepRoute, upkeepRoutes } from '@fenghuo/contracts/upkeep.ts';
import { useState } from 'react';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { distanceText } from '../ui/distance-text.ts';
import { AssignForm } from './assign-form.tsx';
import { RouteView } from './route-view.tsx';
import { type UpkeepFields, upkeepPath } from './upkeep-query.ts';

/** The queue as days of driving, a township after the other: what nobody has yet, unless the filters say otherwise. */
export function ByRoute({ fields }: { fields: UpkeepFields }) {
  const { t, say } = useLanguage();
  const [open, setOpen] = useState('');
  const { data, isError } = useAsk(upkeepPath(fields, 'routes'), upkeepRoutes);
  if (isError) return <p role="alert">{t('records.failed')}</p>;
  if (data === undefined) return <p className="quiet-words">{t('records.searching')}</p>;
  if (data.townships.length === 0) return <p className="quiet-words">{t('upkeep.nothing')}</p>;
  return (
    <>
      {data.townships.map(({ area, name, start, routes, leftOut }) => (
        <section key={area} className="desk-block routes" data-township={area}>
          <h2>{say(name)}</h2>
          <ul>
            {routes.map((route, i) => {
              const id = `${area}.${i}`;
              return (
                <li key={id}>
                  <button
                    type="button"
                    className="button button-plain"
                    aria-expanded={open === id}
                    data-route={id}
                    onClick={() => setOpen(open === id ? '' : id)}
                  >
                    {t('upkeep.route', {
                      ...{ no: i + 1, stops: route.stops.length, orders: route.orders },
                      ...{ way: distanceText(route.metres), hours: (route.minutes / 60).toFixed(1) },
                    })}
                  </button>
                  {open === id && <OpenRoute start={start} route={route} done={() => setOpen('')} />}
                </li>
              );
            })}
          </ul>
          {leftOut.unlocated + leftOut.beyondBound > 0 && (
            <p className="quiet-words">
              {t('upkeep.leftOut', { count: leftOut.unlocated + leftOut.beyondBound })}
            </p>
          )}
        </section>
      ))}
    </>
  );
}

interface OpenRouteProps {
  start: { lon: number; lat: number };
  route: UpkeepRoute;
  done: () => void;
}

function OpenRoute({ start, route, done }: OpenRouteProps) {
  const may = useMay();
  const orders = route.stops.flatMap((stop) => stop.orders);
  return (
    <>
      {may('assign-upkeep') && <AssignForm orders={orders} near={start} done={done} />}
      <RouteView start={start} route={route} />
    </>
  );
}
