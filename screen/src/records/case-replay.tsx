import type { Dossier, ShownReport } from '@fenghuo/contracts/case.ts';
import { lazy, Suspense, useEffect, useId, useMemo, useState } from 'react';
import { IncidentMap } from '../desk/incident-map.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { fittingSpeed, replayAt, spanOf, speeds } from './replay-at.ts';
import { ReplayLine } from './replay-line.tsx';

const BuildingView = lazy(() =>
  import('../building/building-view.tsx').then((module) => ({ default: module.BuildingView })),
);

/** How often the hand of the clock moves on, ms. */
const everyMs = 100;

interface CaseReplayProps {
  dossier: Dossier;
  report: ShownReport;
}

/** The case once more, at a chosen speed: where the ticket stood, what was lit in the building, what happened. */
export function CaseReplay({ dossier, report }: CaseReplayProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { from, to } = spanOf(dossier, report);
  const clock = useReplayClock(from, to);
  const shown = useMemo(() => replayAt(dossier, report, clock.at), [dossier, report, clock.at]);
  const { incident, ticket, workflow, units } = dossier;
  const step = workflow.steps.find(({ id }) => id === shown.move?.to);
  const holder = units.find(({ id }) => id === shown.move?.holder);
  return (
    <section className="desk-block replay" data-replay={shown.told}>
      <h3>{t('replay.title')}</h3>
      <ReplayControls clock={clock} from={from} to={to} />
      <p className="replay-now">
        <time>{`${time.date(clock.at)} ${time.clock(clock.at)}`}</time>
        {step !== undefined && <strong>{say(step.name)}</strong>}
        {holder !== undefined && <span>{say(holder.name)}</span>}
        <span className="quiet-words">
          {t('building.wentOff', {
            count: shown.alarms.length,
            lit: shown.alarms.filter(({ condition }) => condition).length,
          })}
        </span>
      </p>
      {incident.building !== null && (
        <Suspense fallback={null}>
          <div className="replay-building">
            <BuildingView
              open={{ incident, ticket, alarms: shown.alarms, unacknowledged: false }}
              stale={false}
              still
            />
          </div>
        </Suspense>
      )}
      <IncidentMap lon={incident.lon} lat={incident.lat} />
      <ReplayLine report={report} told={shown.told} go={clock.seek} />
    </section>
  );
}

interface ReplayClock {
  at: number;
  plays: boolean;
  speed: number;
  seek: (at: number) => void;
  toggle: () => void;
  setSpeed: (speed: number) => void;
}

/** Stands at the end until somebody plays it. */
function useReplayClock(from: number, to: number): ReplayClock {
  const [at, setAt] = useState(to);
  const [plays, setPlays] = useState(false);
  const [speed, setSpeed] = useState(() => fittingSpeed({ from, to }));
  useEffect(() => {
    if (!plays) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = (now - last) * speed;
      last = now;
      setAt((before) => Math.min(to, before + passed));
    }, everyMs);
    return () => clearInterval(timer);
  }, [plays, speed, to]);
  useEffect(() => {
    if (at >= to) setPlays(false);
  }, [at, to]);
  const toggle = () => {
    if (!plays && at >= to) setAt(from);
    setPlays(!plays);
  };
  return { at: Math.min(at, to), plays, speed, seek: setAt, toggle, setSpeed };
}

function ReplayControls({ clock, from, to }: { clock: ReplayClock; from: number; to: number }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const speedId = useId();
  return (
    <div className="replay-controls">
      <button type="button" className="button button-main" data-plays={clock.plays} onClick={clock.toggle}>
        {clock.plays ? t('replay.pause') : t('replay.play')}
      </button>
      <input
        type="range"
        aria-label={t('replay.position')}
        aria-valuetext={time.clock(clock.at)}
        min={from}
        max={to}
        step={1_000}
        value={clock.at}
        onChange={(event) => clock.seek(Number(event.target.value))}
      />
      <label htmlFor={speedId}>{t('replay.speed')}</label>
      <select
        id={speedId}
        value={clock.speed}
        onChange={(event) => clock.setSpeed(Number(event.target.value))}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </select>
    </div>
  );
}
