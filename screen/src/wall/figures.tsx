import type { CountyFacts, Pulse } from '@fenghuo/contracts/push.ts';
import { useLanguage } from '../i18n/language.ts';
import { clockText } from '../ui/durations.ts';
import { Changing } from './changing.tsx';

/** Limits of the trade: a ticket is accepted within a minute, and somebody is on the scene within three. */
const limits = { acceptS: 60, onSceneS: 180 };

const grouped = (n: number) => n.toLocaleString('en');
const seconds = (s: number | null) => (s === null ? '–' : clockText(s * 1_000));

interface FiguresProps {
  pulse: Pulse | null;
  county: CountyFacts;
  /** A class that takes the colour away, or nothing. */
  stale: string;
}

/** The county in figures. Before the first pulse they are dashes, never zeros. */
export function Figures({ pulse, county, stale }: FiguresProps) {
  const { t } = useLanguage();
  const whole = (n: number | null | undefined) => (n === null || n === undefined ? '–' : grouped(n));
  return (
    <dl className={`figures ${stale}`}>
      <Figure
        name={t('figures.detectors')}
        value={whole(pulse?.detectorsOnline)}
        beside={`/ ${grouped(county.detectors)}`}
      />
      <Figure
        name={t('figures.cameras')}
        value={whole(pulse?.camerasOnline)}
        beside={`/ ${grouped(county.cameras)}`}
      />
      <Figure
        name={t('figures.events')}
        value={whole(pulse && Math.round(pulse.eventsPerSecond + pulse.heartbeatsPerSecond))}
        beside={t('figures.perSecond')}
        steady
      />
      <Figure
        name={t('figures.alarms')}
        value={whole(pulse?.alarmsToday)}
        beside={t('figures.falseAlarms', { count: pulse?.falseAlarmsToday ?? 0 })}
      />
      <Figure
        name={t('figures.tickets')}
        value={whole(pulse?.ticketsToday)}
        beside={t('figures.closed', { count: pulse?.ticketsClosedToday ?? 0 })}
      />
      <Median name={t('figures.accept')} medianS={pulse?.acceptMedianS ?? null} limitS={limits.acceptS} />
      <Median name={t('figures.onScene')} medianS={pulse?.onSceneMedianS ?? null} limitS={limits.onSceneS} />
      <ByMinute minutes={pulse?.alarmsByMinute ?? []} />
      <Figure
        name={t('figures.upkeep')}
        value={whole(pulse?.upkeepOpen)}
        beside={t('figures.silent', { count: pulse?.devicesSilent ?? 0 })}
      />
    </dl>
  );
}

function Figure({
  name,
  value,
  beside,
  over = false,
  steady = false,
}: {
  name: string;
  value: string;
  beside?: string;
  over?: boolean;
  /** It changes every second by its nature, and does not say so. */
  steady?: boolean;
}) {
  return (
    <div className="figure" data-over={over || undefined}>
      <dt>{name}</dt>
      <dd>
        {steady ? (
          <span className="figure-value">{value}</span>
        ) : (
          <Changing className="figure-value" value={value} />
        )}
        {beside !== undefined && <Changing className="figure-beside" value={beside} />}
      </dd>
    </div>
  );
}

function Median({ name, medianS, limitS }: { name: string; medianS: number | null; limitS: number }) {
  const { t } = useLanguage();
  const limit = t('figures.limit', { limit: clockText(limitS * 1_000) });
  return (
    <Figure name={name} value={seconds(medianS)} beside={limit} over={medianS !== null && medianS > limitS} />
  );
}

/** Alarms in each of the last sixty minutes, the newest at the right. */
function ByMinute({ minutes }: { minutes: readonly number[] }) {
  const { t } = useLanguage();
  const peak = Math.max(1, ...minutes);
  const bars = minutes
    .map((n, i) => (n === 0 ? '' : `M${i + 0.5} 20v${-Math.max(1.5, (n / peak) * 20)}`))
    .join('');
  return (
    <div className="figure figure-bars">
      <dt>
        {t('figures.byMinute')}{' '}
        <Changing className="figure-beside" value={t('figures.peak', { count: Math.max(0, ...minutes) })} />
      </dt>
      <dd>
        <svg viewBox={`0 0 ${Math.max(1, minutes.length)} 20`} preserveAspectRatio="none" aria-hidden="true">
          <path d={`M0 20H${minutes.length}`} className="bars-ground" />
          <path d={bars} className="bars" />
        </svg>
      </dd>
    </div>
  );
}
