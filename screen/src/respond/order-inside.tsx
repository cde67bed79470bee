import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { floorName } from '../ui/floors-text.ts';
import type { Order } from './orders.ts';
import { useBuilding } from './use-buildings.ts';

/** What is inside: the storeys, which detectors are lit, the top floor first as a building stands, and who has the key. */
export function OrderInside({ order }: { order: Order }) {
  const { t, language } = useLanguage();
  const building = useBuilding(order.incident.building);
  const floors = Map.groupBy(order.alarms, ({ floor }) => floor);
  const fromTop = [...floors].toSorted(([a], [b]) => (b ?? 0) - (a ?? 0));
  const keyholder = building?.keyholder ?? null;
  return (
    <section className="order-block">
      <h2>{t('respond.inside')}</h2>
      {building !== undefined && (
        <p>
          <strong>{language === 'en' ? (building.nameEn ?? building.nameZh) : building.nameZh}</strong>{' '}
          {t('building.floors', { count: building.floors })}
        </p>
      )}
      {keyholder !== null && (
        <a className="button order-key" href={`tel:${keyholder.phone}`}>
          <span>{t('respond.keyholder')}</span>
          <bdi>{keyholder.name}</bdi>
          <span>{keyholder.phone}</span>
        </a>
      )}
      <ul className="order-floors">
        {fromTop.map(([floor, alarms]) => (
          <li key={floor}>
            <strong>{floor === null ? '–' : t('desk.floor', { floor: floorName(floor) })}</strong>
            <ul>
              {alarms.map((alarm) => (
                <Lit key={alarm.id} alarm={alarm} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lit({ alarm }: { alarm: AlarmRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  return (
    <li data-lit={alarm.condition}>
      <strong>{alarm.room}</strong> {say(alarm.title)}{' '}
      <span className="quiet-words">
        {time.hourMinute(alarm.raisedAt)} {t(alarm.condition ? 'respond.lit' : 'respond.unlit')}
      </span>
    </li>
  );
}
