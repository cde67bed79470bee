import type { UpkeepOrder } from '@fenghuo/contracts/upkeep.ts';
import { useState } from 'react';
import { ActNote } from '../desk/act-note.tsx';
import { ReasonField } from '../desk/reason-field.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { ageText } from '../ui/durations.ts';
import { floorName } from '../ui/floors-text.ts';
import { useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { isUpkeepKind } from './upkeep-kinds.ts';

interface OrderRowProps {
  order: UpkeepOrder;
  chosen: boolean;
  choose: () => void;
}

/** One work order: what is wrong where, since when, who sees to it; resolved or sent back in words. */
export function OrderRow({ order, chosen, choose }: OrderRowProps) {
  const { t } = useLanguage();
  const [more, setMore] = useState(false);
  const { id, kind, device, deviceType, closedAt, overdue } = order;
  return (
    <>
      <tr data-order={id} data-overdue={overdue || undefined}>
        <td>
          {closedAt === null && (
            <input
              type="checkbox"
              aria-label={t('upkeep.choose', { device })}
              checked={chosen}
              onChange={choose}
            />
          )}
        </td>
        <td>
          <strong>{isUpkeepKind(kind) ? t(`upkeepKind.${kind}`) : kind}</strong>
        </td>
        <td>
          {device} <span className="quiet-words">{deviceType !== null && t(`deviceType.${deviceType}`)}</span>
        </td>
        <td>
          <OrderPlace order={order} />
        </td>
        <td>
          <OrderAge order={order} />
        </td>
        <td>
          <Assigned order={order} />
        </td>
        <td>
          <button
            type="button"
            className="button button-plain"
            aria-expanded={more}
            onClick={() => setMore(!more)}
          >
            {t('desk.more')}
          </button>
        </td>
      </tr>
      {more && (
        <tr>
          <td colSpan={7}>
            <OrderActs order={order} />
          </td>
        </tr>
      )}
    </>
  );
}

function OrderPlace({ order: { area, buildingName, floor, room } }: { order: UpkeepOrder }) {
  const { t, say } = useLanguage();
  const places = useStation((station) => station.world?.places);
  const township = places?.find(({ level, code }) => level === 'township' && area.startsWith(code));
  const parts = [
    township === undefined ? '' : say(township.name),
    buildingName === null ? t('upkeep.outdoors') : say(buildingName),
    floor === null ? '' : t('desk.floor', { floor: floorName(floor) }),
    room ?? '',
  ];
  return <>{parts.filter((part) => part !== '').join(' · ')}</>;
}

function OrderAge({ order: { openedAt, closedAt } }: { order: UpkeepOrder }) {
  const units = useUnitWords();
  const now = useNow();
  const time = useCountyTime();
  return closedAt === null ? ageText(now - openedAt, units) : time.date(closedAt);
}

function Assigned({ order: { assigned, overdue, returns } }: { order: UpkeepOrder }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  if (assigned === null)
    return (
      <span className="quiet-words">{t(returns.length > 0 ? 'upkeep.sentBack' : 'upkeep.toNobody')}</span>
    );
  return (
    <>
      {say(assigned.name)} <bdi>{assigned.person}</bdi>{' '}
      <span className="quiet-words">
        <span data-late={overdue || undefined}>
          {t('upkeep.due', { time: `${time.date(assigned.dueAt)} ${time.hourMinute(assigned.dueAt)}` })}
        </span>
      </span>
    </>
  );
}

function OrderActs({ order }: { order: UpkeepOrder }) {
  const { t } = useLanguage();
  const may = useMay();
  const time = useCountyTime();
  const [words, setWords] = useState('');
  const { shown, busy, perform } = useSettledAct('/upkeep');
  const about = { subject: order.id, expectedVersion: order.version, reason: words };
  const asked = words.trim() !== '' && !busy;
  const act = async (what: 'resolve-upkeep' | 'return-upkeep') => {
    const { state } = await perform({ act: what, ...about });
    if (state === 'done') setWords('');
  };
  const mayReturn = order.closedAt === null ? order.assigned !== null : order.resolved !== null;
  return (
    <div className="order-more">
      {order.resolved !== null && (
        <p>{t('upkeep.resolvedBy', { by: order.resolved.by, note: order.resolved.note })}</p>
      )}
      <ul>
        {order.returns.map(({ at, by, what, reason }) => (
          <li key={at}>
            <time>{`${time.date(at)} ${time.hourMinute(at)}`}</time> {by} · {t(`upkeep.returned.${what}`)} ·{' '}
            {reason}
          </li>
        ))}
      </ul>
      <div className="act-form">
        <ReasonField label={t('upkeep.words')} reason={words} hint={t('upkeep.wordsHint')} write={setWords} />
        {order.closedAt === null && may('resolve-upkeep') && (
          <button
            type="button"
            className="button"
            disabled={!asked}
            onClick={() => void act('resolve-upkeep')}
          >
            {t('upkeep.resolve')}
          </button>
        )}
        {mayReturn && may('return-upkeep') && (
          <button
            type="button"
            className="button"
            disabled={!asked}
            onClick={() => void act('return-upkeep')}
          >
            {t('upkeep.return')}
          </button>
        )}
        <ActNote act={shown} />
      </div>
    </div>
  );
}
