import { type DrillCard, drillOrdered } from '@fenghuo/contracts/drills.ts';
import { useLayoutEffect, useState } from 'react';
import { request, send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { Notice } from '../ui/notice.tsx';
import { PageBar } from '../ui/page-bar.tsx';
import { AskedLines } from './asked-lines.tsx';
import { Comparison } from './comparison.tsx';
import { LiveFirst } from './live-first.tsx';
import { Participants, useRoster } from './participants.tsx';
import { PastRuns } from './past-runs.tsx';
import { RunPane } from './run-pane.tsx';
import { ScenarioChoice } from './scenario-choice.tsx';
import { TouchMapView } from './touch-map-view.tsx';
import { useDrillCatalogue, useDrills } from './use-drills.ts';
import './drill.css';

/** A runner asks for work each second. */
const runnerGoneMs = 15_000;

/** Where drills are chosen, started, stopped and judged. */
export function DrillPage() {
  const { t } = useLanguage();
  useLayoutEffect(() => {
    document.documentElement.dataset.view = 'drill';
    return () => {
      delete document.documentElement.dataset.view;
    };
  }, []);
  const may = useMay();
  const world = useStation((station) => station.world);
  if (!may('start-drill'))
    return <Notice title={t('drill.notAllowed')} link={{ to: '/', text: t('lost.back') }} />;
  return world === null ? <Notice title={t('wall.loadingTitle')} busy /> : <Room world={world} />;
}

function Room({ world }: { world: World }) {
  const { t, say } = useLanguage();
  const catalogue = useDrillCatalogue();
  const { drills, again } = useDrills();
  const people = useRoster();
  const [name, setName] = useState<string | null>(null);
  const [participants, setParticipants] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<string | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const running = (drills ?? []).filter(({ endedAt }) => endedAt === null);
  const past = (drills ?? []).filter(({ endedAt }) => endedAt !== null);
  const current = running[0] ?? null;
  const scenarios = catalogue?.scenarios ?? [];
  const wanted = current?.play?.scenario ?? name;
  const scenario = scenarios.find((one) => one.name === wanted) ?? null;
  const heard = catalogue?.runnerHeardMsAgo ?? null;
  const hasRunner = heard !== null && heard < runnerGoneMs;
  const looked = past.find(({ run }) => run === shown) ?? null;
  const compared = past.filter(({ run }) => marked.includes(run));
  const titleOf = ({ title, play }: DrillCard) => {
    const known = scenarios.find((one) => one.name === play?.scenario);
    return known === undefined ? title : say(known.title);
  };
  const choose = (scenarioName: string) => {
    setName(scenarioName);
    setShown(null);
    // Those on duty at one scenario's places are not those of another's.
    if (scenarioName !== name) setParticipants(new Set());
  };
  const act = async (doing: () => Promise<boolean>) => {
    setBusy(true);
    setProblem((await doing()) ? null : t('drill.notDone'));
    setBusy(false);
    again();
  };
  const start = () =>
    act(async () => {
      const body = { scenario: scenario?.name, participants: [...participants] };
      const answer = await request({ method: 'POST', path: '/drills/runs', body, answer: drillOrdered });
      if (answer.ok) setShown(answer.body.run);
      return answer.ok;
    });
  const stopAll = () =>
    act(async () => {
      const ends = running.map(({ run }) => send({ method: 'POST', path: `/drills/${run}/end` }));
      const answers = await Promise.all(ends);
      return answers.every((answer) => answer?.ok === true);
    });
  const pause = (run: string, wish: 'play' | 'pause') =>
    act(async () => {
      const answer = await send({ method: 'POST', path: `/drills/${run}/wish`, body: { wish } });
      return answer?.ok === true;
    });
  const mark = (run: string) =>
    setMarked((before) =>
      before.includes(run) ? before.filter((one) => one !== run) : [run, ...before].slice(0, 2),
    );

  return (
    <div className="drill" data-running={current !== null}>
      <PageBar
        title={t('drill.title')}
        doors={[
          { to: '/desk', text: t('drill.desk') },
          { to: '/', text: t('desk.home') },
        ]}
      />
      <LiveFirst world={world} />
      <aside className="drill-choice">
        <h2>{t('drill.choose')}</h2>
        {catalogue !== null && !hasRunner && <p className="drill-warning">{t('drill.noRunner')}</p>}
        <ScenarioChoice scenarios={scenarios} chosen={wanted} choose={choose} />
        {current === null && (
          <Participants {...{ world, people, scenario }} chosen={participants} choose={setParticipants} />
        )}
      </aside>
      <TouchMapView world={world} scenario={scenario} />
      <main className="drill-now">
        {current === null ? (
          <button
            type="button"
            className="button button-main drill-start"
            disabled={scenario === null || !hasRunner || busy}
            onClick={() => void start()}
          >
            {scenario === null
              ? t('drill.chooseFirst')
              : `▶ ${t('drill.start', { title: say(scenario.title) })}`}
          </button>
        ) : (
          <>
            <button type="button" className="button drill-stop" onClick={() => void stopAll()}>
              ■ {t('drill.stopAll')}
            </button>
            <h2>{titleOf(current)}</h2>
            <p className="quiet-words">{t('drill.takePart', { count: current.participants.length })}</p>
            {current.gb26875Port !== null && (
              <p className="quiet-words">{t('drill.transmitters', { port: current.gb26875Port })}</p>
            )}
            <RunPane drill={current} mayPause pause={(wish) => void pause(current.run, wish)} />
          </>
        )}
        {problem !== null && (
          <p className="drill-warning" role="alert">
            {problem}
          </p>
        )}
        {scenario !== null && current?.play?.verdict == null && looked === null && compared.length < 2 && (
          <AskedLines asks={scenario.asks} progress={current?.play?.progress ?? null} />
        )}
        {current === null && looked !== null && compared.length < 2 && (
          <>
            <h2>{titleOf(looked)}</h2>
            <RunPane drill={looked} mayPause={false} pause={() => {}} />
          </>
        )}
        {compared.length === 2 && (
          <Comparison earlier={compared[1]!} later={compared[0]!} titleOf={titleOf} />
        )}
      </main>
      <section className="drill-history">
        <h2>{t('drill.past')}</h2>
        <PastRuns drills={past} {...{ titleOf, shown, marked, mark }} show={setShown} />
      </section>
    </div>
  );
}
