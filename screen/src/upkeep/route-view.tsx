import type { UpkeepRoute } from '@fenghuo/contracts/upkeep.ts';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { RouteMap, type RoutePoint } from '../map/route-map.ts';
import { useMapData } from '../map/use-map-data.ts';
import { distanceText } from '../ui/distance-text.ts';
import { floorName } from '../ui/floors-text.ts';
import { isUpkeepKind } from './upkeep-kinds.ts';
import '../map/place-map.css';

interface RouteViewProps {
  start: RoutePoint;
  route: UpkeepRoute;
}

/** One day of a crew: its stops in the order of the drive, with what waits at each, and the same on a map. */
export function RouteView({ start, route }: RouteViewProps) {
  const { t, say } = useLanguage();
  return (
    <div className="route-view">
      <DriveMap start={start} stops={route.stops} />
      <ol>
        {route.stops.map(({ building, name, area, metres, orders }) => (
          <li key={building ?? area}>
            <strong>{name === null ? t('upkeep.outdoors') : say(name)}</strong>{' '}
            <span className="quiet-words">
              <span>{distanceText(metres)}</span>
              {orders.slice(0, mostNamed).map(({ id, kind, floor, room }) => (
                <span key={id}>
                  {[
                    isUpkeepKind(kind) ? t(`upkeepKind.${kind}`) : kind,
                    floor === null ? '' : t('desk.floor', { floor: floorName(floor) }),
                    room ?? '',
                  ]
                    .filter((part) => part !== '')
                    .join(' ')}
                </span>
              ))}
              {orders.length > mostNamed && <span>+{orders.length - mostNamed}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Orders of one stop that are told one by one. */
const mostNamed = 6;

function DriveMap({ start, stops }: { start: RoutePoint; stops: readonly RoutePoint[] }) {
  const { t } = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const { data } = useMapData(0);
  useEffect(() => {
    if (data === null || container.current === null) return;
    let map: RouteMap;
    try {
      map = new RouteMap(container.current, data, { start, stops });
    } catch {
      setFailed(true);
      return;
    }
    return () => map.stop();
  }, [data, start, stops]);
  if (failed) return <p className="quiet-words">{t('map.failedGl')}</p>;
  return (
    <section className="place-map" aria-label={t('place.map')}>
      <div ref={container} />
    </section>
  );
}
