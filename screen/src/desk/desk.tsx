import { useLayoutEffect, useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, useQueryValue } from '../route.ts';
import { foldLow } from '../state/folding.ts';
import { type OpenIncident, openIncidents } from '../state/open-incidents.ts';
import { putAside } from '../state/put-aside.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { AlarmsLeftOut } from '../ui/alarms-left-out.tsx';
import { useCountyTime } from '../ui/county-time.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { ageText } from '../ui/durations.ts';
import { FeedState } from '../ui/feed-state.tsx';
import { FloodWords } from '../ui/flood-words.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { AsidePane } from './aside-pane.tsx';
import { FoldedRows } from './folded-rows.tsx';
import { IncidentPane } from './incident-pane.tsx';
import { IntakePane } from './intake-pane.tsx';
import { useIntakeKey } from './use-intake-key.ts';
import { WallsPane } from './walls-pane.tsx';
import './desk.css';

/** The seat at which incidents are worked: all open ones, and the chosen one with what may be done. */
export function Desk() {
  const { t } = useLanguage();
  useLayoutEffect(() => {
    document.documentElement.dataset.view = 'desk';
    return () => {
      delete document.documentElement.dataset.view;
    };
  }, []);
  const world = useStation((station) => station.world);
  return world === null ? <Notice title={t('wall.loadingTitle')} busy /> : <Room world={world} />;
}

function Room({ world }: { world: World }) {
  const { t } = useLanguage();
  const open = useMemo(() => openIncidents(world), [world]);
  const folding = useMemo(() => foldLow(open, world.floods.values()), [open, world.floods]);
  const chosenId = useQueryValue('incident');
  const view = useQueryValue('view');
  const looksAside = view === 'aside';
  const mayTake = useMay()('take-report');
  useIntakeKey(mayTake);
  const aside = useMemo(() => putAside(world).length, [world]);
  const chosen = open.find(({ incident }) => incident.id === chosenId);
  const row = (one: OpenIncident) => (
    <ListRow
      key={one.incident.id}
      open={one}
      chosen={one.incident.id === chosenId}
      choose={() => go(`/desk?incident=${one.incident.id}`, 'replace')}
    />
  );
  return (
    <div className="desk">
      <DeskBar world={world} />
      <section className="desk-list">
        <h2>{t('desk.incidents', { count: open.length })}</h2>
        {mayTake && (
          <button
            type="button"
            className="button button-main desk-intake"
            onClick={() => go('/desk?view=intake', 'replace')}
          >
            {t('intake.open')} <kbd>F2</kbd>
          </button>
        )}
        <AlarmsLeftOut />
        {folding.floods.length > 0 && (
          <p className="desk-flood">
            <FloodWords floods={folding.floods} />
          </p>
        )}
        <button
          type="button"
          className="desk-row desk-aside"
          aria-pressed={looksAside}
          onClick={() => go('/desk?view=aside', 'replace')}
        >
          <span>{t('desk.asideTitle')}</span>
          <span className="quiet-words">
            {t('desk.asideCount', { alarms: aside, holds: world.holds.size })}
          </span>
        </button>
        {open.length === 0 && <p className="quiet-words">{t('desk.none')}</p>}
        <ul>{folding.shown.map(row)}</ul>
        <FoldedRows folded={folding.folded} row={row} />
      </section>
      <main className="desk-main">
        {view === 'intake' && mayTake ? (
          <IntakePane world={world} />
        ) : looksAside ? (
          <AsidePane world={world} />
        ) : view === 'walls' ? (
          <WallsPane world={world} open={open} chosen={chosenId} />
        ) : chosen === undefined ? (
          <p className="desk-empty">{chosenId === null ? t('desk.choose') : t('desk.gone')}</p>
        ) : (
          <IncidentPane key={chosen.incident.id} open={chosen} all={open} />
        )}
      </main>
    </div>
  );
}

function DeskBar({ world }: { world: World }) {
  const { t, say } = useLanguage();
  const now = useNow();
  const time = useCountyTime();
  const drill = [...world.drills.values()][0];
  return (
    <header className="desk-bar">
      <h1>
        {say(world.county.name)} · {t('desk.title')}
      </h1>
      {world.county.demo && <span className="drill-tag">{t('wall.demo')}</span>}
      {drill !== undefined && (
        <span className="drill-tag">{t('wall.drillTitle', { title: drill.title })}</span>
      )}
      <FeedState />
      <time>{time.clock(now)}</time>
      <WallsButton />
      <button type="button" className="button button-plain" onClick={() => go('/wall')}>
        {t('desk.wall')}
      </button>
      <button type="button" className="button button-plain" onClick={() => go('/')}>
        {t('desk.home')}
      </button>
      <LanguageSwitch />
    </header>
  );
}

/** To whom the server tells of walls, it is offered; the chosen incident goes along. */
function WallsButton() {
  const { t } = useLanguage();
  const walls = useStation((station) => station.walls);
  const chosen = useQueryValue('incident');
  if (walls === null) return null;
  const to = `/desk?view=walls${chosen === null ? '' : `&incident=${encodeURIComponent(chosen)}`}`;
  return (
    <button type="button" className="button button-plain" onClick={() => go(to, 'replace')}>
      {t('walls.title')} {walls.length}
    </button>
  );
}

interface ListRowProps {
  open: OpenIncident;
  chosen: boolean;
  choose: () => void;
}

function ListRow({ open: { incident, ticket, unacknowledged }, chosen, choose }: ListRowProps) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const units = useUnitWords();
  const now = useNow();
  const drill = incident.run !== null;
  return (
    <li data-incident={incident.id} data-severity={incident.severity}>
      <button type="button" className="desk-row" aria-pressed={chosen} onClick={choose}>
        <SeverityMark severity={incident.severity} drill={drill} />
        <span className="desk-row-words">
          <span className="desk-row-place">{say(incident.place)}</span>
          <span className="quiet-words">
            {drill && <span className="drill-tag">{t('wall.drill')}</span>}
            {unacknowledged && <strong>{t('wall.unacknowledged')}</strong>}
            <span>{say(incident.title)}</span>
            {ticket !== null && (
              <span>{`${words.step(ticket, ticket.step, ticket.stage)} · ${say(ticket.holderName)}`}</span>
            )}
          </span>
        </span>
        <span className="desk-row-times">
          <time>{ageText(now - incident.openedAt, units)}</time>
          {ticket?.due && <DeadlineRing due={ticket.due} inside={false} />}
        </span>
      </button>
    </li>
  );
}
