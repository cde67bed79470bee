import type { DrillCard, DrillProgress } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';
import { clockText } from '../ui/durations.ts';
import { Outcome, stateOf } from './outcome.tsx';
import { ReportLink } from './report-link.tsx';
import { VerdictLines } from './verdict-lines.tsx';

interface RunPaneProps {
  drill: DrillCard;
  mayPause: boolean;
  pause: (wish: 'play' | 'pause') => void;
}

/** A runner that tells each second has been lost after so many. */
const lostAfterMs = 10_000;

/** A run: while it goes, how far it is and what can be said of its verdict; after it, the verdict. */
export function RunPane({ drill, mayPause, pause }: RunPaneProps) {
  const { t, say } = useLanguage();
  const { play } = drill;
  if (play === null) return <p className="quiet-words">{t('drill.byHand', { run: drill.run })}</p>;
  const { progress, verdict, fault, toldMsAgo } = play;
  const state = stateOf(drill);
  const isRunning = drill.endedAt === null && ['preparing', 'playing', 'paused', 'settling'].includes(state);
  const isLost = isRunning && toldMsAgo !== null && toldMsAgo > lostAfterMs;
  return (
    <section className="drill-run" data-state={state}>
      <p className="drill-run-state">
        <strong>
          <Outcome drill={drill} />
        </strong>
        <ReportLink drill={drill} />
        {isRunning && mayPause && ['playing', 'paused'].includes(state) && (
          <button
            type="button"
            className="button"
            onClick={() => pause(play.wish === 'pause' ? 'play' : 'pause')}
          >
            {t(play.wish === 'pause' ? 'drill.goOn' : 'drill.pause')}
          </button>
        )}
      </p>
      {state === 'stopped' && (
        <p className="quiet-words">{t(verdict === null ? 'drill.toBeJudged' : 'drill.inPart')}</p>
      )}
      {isLost && <p className="drill-warning">{t('drill.runnerLost')}</p>}
      {fault !== null && <p className="drill-warning">{say(fault)}</p>}
      {progress !== null && <Progress progress={progress} />}
      {verdict !== null && <VerdictLines judged={verdict.judged} />}
    </section>
  );
}

function Progress({ progress }: { progress: DrillProgress }) {
  const { t } = useLanguage();
  const { elapsedMs, durationMs, messages, published, acknowledged, lagMs } = progress;
  const { alarms, alarmsSeen, ticketsSeen } = progress;
  const told = Math.min(elapsedMs, durationMs);
  const facts: [string, string][] = [
    [t('drill.sent'), `${published} / ${messages}`],
    [t('drill.unacknowledged'), `${published - acknowledged}`],
    [t('drill.lag'), `${Math.round(lagMs)} ms`],
    [t('drill.alarmsSeen'), `${alarmsSeen} / ${alarms}`],
    [t('drill.ticketsSeen'), `${ticketsSeen}`],
  ];
  return (
    <>
      <div className="drill-bar">
        <progress max={durationMs} value={told} aria-label={t('drill.progress')} />
        <span>
          {clockText(told)} / {clockText(durationMs)}
        </span>
      </div>
      <dl className="drill-facts">
        {facts.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
