import type { DrillRecord } from '@fenghuo/contracts/records.ts';
import type { WallMode } from '@fenghuo/contracts/wall-orders.ts';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { Beacon } from '../ui/beacon.tsx';
import { useCountyTime } from '../ui/county-time.ts';
import { FeedState } from '../ui/feed-state.tsx';
import { useNow } from '../ui/now.ts';
import { Changing } from './changing.tsx';
import type { OrdersInForce } from './orders-in-force.ts';
import type { Sound } from './sound/use-sound.ts';
import { StaleBanner } from './stale-banner.tsx';

interface TopBarProps {
  world: World;
  drill: DrillRecord | undefined;
  mode: WallMode;
  sound: Sound;
  orders: OrdersInForce;
}

export function TopBar({ world, drill, mode, sound, orders }: TopBarProps) {
  const { t, say } = useLanguage();
  const status = useStation((station) => station.status);
  return (
    <header className="top">
      <h1>
        <a className="top-title" href="/">
          <Beacon />
          {t('wall.title', { county: say(world.county.name) })}
        </a>
      </h1>
      {mode === 'wartime' && <p className="top-mode">{t('wall.mode.wartime')}</p>}
      {drill !== undefined && <p className="top-drill">{t('wall.drillTitle', { title: drill.title })}</p>}
      <DemoBadge demo={world.county.demo} />
      {status === 'live' ? <Facts world={world} sound={sound} orders={orders} /> : <StaleBanner />}
      <Clock />
    </header>
  );
}

/** Who is on duty, and how it is with sound and connection. */
function Facts({ world, sound, orders }: Pick<TopBarProps, 'world' | 'sound' | 'orders'>) {
  const { t } = useLanguage();
  const units = [...world.units.values()];
  const commander = units.find((unit) => unit.level === 'county')?.onDuty;
  const rooms = units.filter((unit) => unit.level === 'township');
  const staffed = rooms.filter((unit) => unit.onDuty !== null).length;
  return (
    <div className="top-facts">
      {commander && (
        <p>
          {t('wall.commander')} <strong>{commander}</strong>
        </p>
      )}
      {rooms.length > 0 && (
        <p>
          {t('wall.rooms')}{' '}
          <strong>
            <Changing value={`${staffed}/${rooms.length}`} />
          </strong>
        </p>
      )}
      <SoundState sound={sound} orders={orders} />
      <FeedState />
    </div>
  );
}

/** A wall that cannot be heard says so. */
function SoundState({ sound, orders: { mute } }: Pick<TopBarProps, 'sound' | 'orders'>) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const words = {
    on: '',
    blocked: t('wallSound.blocked'),
    muted: t('wallSound.muted', { until: time.hourMinute(mute?.until ?? 0) }),
  }[sound];
  return words === '' ? null : (
    <p className="top-sound" data-sound={sound}>
      {words}
    </p>
  );
}

/** Demo data are marked for good; life that runs faster than the clock says by how much. */
function DemoBadge({ demo }: { demo: boolean }) {
  const { t } = useLanguage();
  const factor = useStation((station) => station.pulse?.demoTimeFactor ?? null);
  if (!demo && factor === null) return null;
  const text = factor === null ? t('wall.demo') : t('wall.demoFactor', { factor });
  return <p className="top-demo">{text}</p>;
}

function Clock() {
  const time = useCountyTime();
  const now = useNow();
  return (
    <div className="top-clock">
      <span className="top-date">{time.date(now)}</span>
      <time className="top-time">{time.clock(now)}</time>
    </div>
  );
}
