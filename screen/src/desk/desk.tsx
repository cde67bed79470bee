import { useLayoutEffect, useMemo, useState } from 'react';
import { BroadcastsPane } from '../broadcast/broadcasts-pane.tsx';
import { ToRead } from '../broadcast/to-read.tsx';
import { useLanguage } from '../i18n/language.ts';
import { go, useQueryValue, withQuery } from '../route.ts';
import { putAside } from '../state/put-aside.ts';
import { useMay, useSession } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { Notice } from '../ui/notice.tsx';
import { PageBar } from '../ui/page-bar.tsx';
import { AsidePane } from './aside-pane.tsx';
import { useStills } from './evidence/use-stills.ts';
import { IncidentPane } from './incident-pane.tsx';
import { IntakePane } from './intake-pane.tsx';
import { KeyHelp } from './keyboard/key-help.tsx';
import { useDeskKeys } from './keyboard/use-desk-keys.ts';
import { AlarmList } from './list/alarm-list.tsx';
import { useFollowing } from './list/followed-list.ts';
import { useNearIncidents, useWholeIncident } from './list/whole-incident.ts';
import { NoIncident } from './no-incident.tsx';
import { setSoundOn, silence, useSound } from './sound/ringer.ts';
import { SoundState } from './sound/sound-state.tsx';
import { useRinger } from './sound/use-ringer.ts';
import { WallsPane } from './walls-pane.tsx';
import '../ui/blocks.css';
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
  useFollowing();
  useRinger();
  useStills(world);
  const chosenId = useQueryValue('incident');
  const view = useQueryValue('view');
  const { session } = useSession();
  const looksAside = view === 'aside';
  const mayTake = useMay()('take-report');
  const [showsKeys, setShowsKeys] = useState(false);
  const hasKeys = view !== 'intake' && !showsKeys;
  useRoomKeys({ mayTake, hasKeys, looksAside, showKeys: () => setShowsKeys(true) });
  const aside = useMemo(() => putAside(world).length, [world]);
  const incident = chosenId === null ? undefined : world.incidents.get(chosenId);
  const chosen = useWholeIncident(world, incident);
  const others = useNearIncidents(world, incident);
  return (
    <div className="desk">
      <DeskBar />
      <section className="desk-list" aria-label={t('list.label')}>
        <ToRead unit={session.state === 'known' ? session.who.unit : undefined} />
        <div className="desk-list-head">
          {mayTake && (
            <button type="button" className="button button-main desk-intake" onClick={openIntake}>
              {t('intake.open')} <kbd>F2</kbd>
            </button>
          )}
          <button
            type="button"
            className="button button-plain desk-aside"
            aria-pressed={looksAside}
            onClick={() => go(withQuery({ view: looksAside ? null : 'aside' }), 'replace')}
          >
            {t('desk.asideTitle')}
            <span className="quiet-words">
              {t('desk.asideCount', { alarms: aside, holds: world.holds.size })}
            </span>
          </button>
        </div>
        <AlarmList world={world} chosenId={chosenId} hasKeys={hasKeys} />
      </section>
      <main className="desk-main">
        {view === 'intake' && mayTake ? (
          <IntakePane world={world} />
        ) : looksAside ? (
          <AsidePane world={world} />
        ) : view === 'broadcasts' ? (
          <BroadcastsPane world={world} />
        ) : view === 'walls' ? (
          <WallsPane world={world} chosen={chosenId} />
        ) : chosen === null ? (
          <NoIncident id={chosenId} />
        ) : (
          <IncidentPane key={chosen.incident.id} open={chosen} all={others} />
        )}
      </main>
      {showsKeys && <KeyHelp close={() => setShowsKeys(false)} />}
    </div>
  );
}

const openBroadcasts = () => go(withQuery({ view: 'broadcasts' }), 'replace');
const openIntake = () => go(withQuery({ view: 'intake' }), 'replace');

interface RoomKeys {
  mayTake: boolean;
  hasKeys: boolean;
  looksAside: boolean;
  showKeys: () => void;
}

/** Keys of the desk as a whole. The telephone rings whatever one is at, save with the form open already. */
function useRoomKeys({ mayTake, hasKeys, looksAside, showKeys }: RoomKeys): void {
  const isOn = useSound((sound) => sound.isOn);
  useDeskKeys({
    intake: mayTake && hasKeys ? openIntake : undefined,
    silence: hasKeys ? silence : undefined,
    sound: hasKeys ? () => setSoundOn(!isOn) : undefined,
    help: hasKeys ? showKeys : undefined,
    aside: hasKeys ? () => go(withQuery({ view: looksAside ? null : 'aside' }), 'replace') : undefined,
    broadcasts: hasKeys ? openBroadcasts : undefined,
    leave: hasKeys ? () => go(withQuery({ view: null, incident: null }), 'replace') : undefined,
  });
}

function DeskBar() {
  const { t } = useLanguage();
  const broadcasts = useStation((station) => station.world?.broadcasts.size ?? 0);
  return (
    <PageBar
      title={t('desk.title')}
      doors={[
        { to: '/records', text: t('records.title') },
        { to: '/upkeep', text: t('upkeep.title') },
        { to: '/setup/devices', text: t('setup.page.devices') },
        { to: '/wall', text: t('desk.wall') },
        { to: '/', text: t('desk.home') },
      ]}
    >
      <SoundState />
      <button type="button" className="button button-plain" onClick={openBroadcasts}>
        {t('broadcast.title')} {broadcasts}
      </button>
      <WallsButton />
    </PageBar>
  );
}

/** To whom the server tells of walls, it is offered; the chosen incident goes along. */
function WallsButton() {
  const { t } = useLanguage();
  const walls = useStation((station) => station.walls);
  if (walls === null) return null;
  return (
    <button
      type="button"
      className="button button-plain"
      onClick={() => go(withQuery({ view: 'walls' }), 'replace')}
    >
      {t('walls.title')} {walls.length}
    </button>
  );
}
