import { type StationHealth, stationHealth } from '@fenghuo/contracts/station-health.ts';
import { useEffect } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { ageText, secondsOrAge } from '../../ui/durations.ts';
import { useUnitWords } from '../../ui/unit-words.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { sizeText } from './size-text.ts';

const lookEveryMs = 5_000;

/** How the station does: what is wrong in a sentence, then queues, lag, disk and versions. Looks again every 5 s. */
export function HealthPage() {
  const health = useFetched('/station-health', stationHealth);
  const { again } = health;
  useEffect(() => {
    const timer = setInterval(again, lookEveryMs);
    return () => clearInterval(timer);
  }, [again]);
  return <Shown of={health}>{(body) => <Figures health={body} />}</Shown>;
}

/** A figure with what it is; `bad`: it wants somebody to look. */
interface Figure {
  name: string;
  value: string;
  bad?: boolean;
}

/** Less of the disk than this share, and a database fills it in days. */
const leastFree = 0.1;
const mostWriterAgeMs = 5_000;

function Figures({ health }: { health: StationHealth }) {
  const { t, say } = useLanguage();
  const { problems } = health;
  return (
    <div className="setup-figures" data-problems={problems.length}>
      {problems.length === 0 ? (
        <p className="told">{t('setup.health.well')}</p>
      ) : (
        <ul className="setup-problems" role="alert">
          {problems.map((problem) => (
            <li key={problem.en}>{say(problem)}</li>
          ))}
        </ul>
      )}
      <FigureBlock title={t('setup.health.queues')} figures={useQueues(health)} />
      <FigureBlock title={t('setup.health.store')} figures={useStore(health)} />
      <FigureBlock title={t('setup.health.versions')} figures={useVersions(health)} />
    </div>
  );
}

function FigureBlock({ title, figures }: { title: string; figures: readonly Figure[] }) {
  return (
    <section className="desk-block">
      <h3>{title}</h3>
      <dl className="setup-counts">
        {figures.map(({ name, value, bad = false }) => (
          <div key={name} data-bad={bad}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useQueues({ writerAgeMs, backlog, eventsPerSecond, broker, queues }: StationHealth): Figure[] {
  const { t } = useLanguage();
  const units = useUnitWords();
  const { commands, jobs, quarantined } = queues;
  const oldest = (count: number, ms: number | null) =>
    ms === null ? `${count}` : t('setup.health.oldest', { count, age: secondsOrAge(ms, units) });
  return [
    {
      name: t('setup.health.writer'),
      value: writerAgeMs === null ? '–' : secondsOrAge(writerAgeMs, units),
      bad: writerAgeMs === null || writerAgeMs > mostWriterAgeMs,
    },
    {
      name: t('setup.health.events'),
      value: eventsPerSecond === null ? '–' : `${Math.round(eventsPerSecond)}`,
    },
    { name: t('setup.health.backlog'), value: `${backlog ?? '–'}` },
    {
      name: t('setup.health.commands'),
      value: oldest(commands.waiting, commands.oldestMs),
      bad: (commands.oldestMs ?? 0) > mostWriterAgeMs,
    },
    { name: t('setup.health.jobs'), value: oldest(jobs.waiting, jobs.oldestMs) },
    { name: t('setup.health.jobsFailed'), value: `${jobs.failed}`, bad: jobs.failed > 0 },
    { name: t('setup.health.quarantined'), value: `${quarantined}` },
    {
      name: t('setup.health.broker'),
      value: t(`setup.health.brokerIs.${broker ?? 'none'}`),
      bad: broker === 'away',
    },
  ];
}

function useStore({ database, disk, memoryBytes }: StationHealth): Figure[] {
  const { t } = useLanguage();
  return [
    {
      name: t('setup.health.disk'),
      value:
        disk === null
          ? '–'
          : t('setup.health.free', { free: sizeText(disk.free), size: sizeText(disk.size) }),
      bad: disk !== null && disk.free < disk.size * leastFree,
    },
    { name: t('setup.health.database'), value: sizeText(database.bytes) },
    {
      name: t('setup.health.connections'),
      value: `${database.connections} / ${database.mostConnections}`,
      bad: database.connections > database.mostConnections * (1 - leastFree),
    },
    { name: t('setup.health.memory'), value: sizeText(memoryBytes) },
  ];
}

function useVersions({ versions, upSeconds }: StationHealth): Figure[] {
  const { t } = useLanguage();
  const units = useUnitWords();
  return [
    { name: t('setup.health.fenghuo'), value: versions.fenghuo },
    { name: 'Node', value: versions.node },
    { name: 'PostgreSQL', value: versions.postgres },
    { name: 'TimescaleDB', value: versions.timescale ?? t('setup.health.withoutIt') },
    { name: t('setup.health.migration'), value: versions.migration },
    { name: t('setup.health.up'), value: ageText(upSeconds * 1_000, units) },
  ];
}
