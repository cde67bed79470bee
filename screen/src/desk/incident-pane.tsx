import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { endsTicket, nextForTeam, stepOf } from '@fenghuo/contracts/workflow.ts';
import { useEffect, useState } from 'react';
import { CaseBroadcasts } from '../broadcast/broadcasts-pane.tsx';
import { useLanguage } from '../i18n/language.ts';
import { asksForSomebody, type OpenIncident } from '../state/open-incidents.ts';
import { asideOf, isAside } from '../state/put-aside.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { CaseNames, useNamesIn } from '../ui/case-names.ts';
import { ageText } from '../ui/durations.ts';
import { floorName } from '../ui/floors-text.ts';
import { useNow } from '../ui/now.ts';
import { usePlaceWords } from '../ui/place-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useUnitWords } from '../ui/unit-words.ts';
import { ActNote } from './act-note.tsx';
import { AlarmLine } from './alarm-line.tsx';
import { AsideEnd } from './aside-end.tsx';
import { BuildingFacts } from './building-facts.tsx';
import { CallUnits } from './call-units.tsx';
import { CaseTimeLine } from './case-time-line.tsx';
import { DetectorHistory } from './detector-history.tsx';
import { DispatchPane } from './dispatch-pane.tsx';
import { EarlierCases } from './earlier-cases.tsx';
import { EvidencePane } from './evidence/evidence-pane.tsx';
import { useEvidence } from './evidence/use-evidence.ts';
import { HoldForm } from './hold-form.tsx';
import { IncidentMap } from './incident-map.tsx';
import { IncidentReports } from './incident-reports.tsx';
import { IncidentVideo } from './incident-video.tsx';
import { RegroupPane } from './regroup-pane.tsx';
import { TicketPane } from './ticket-pane.tsx';
import { ToldPane } from './told-pane.tsx';
import { useAct } from './use-act.ts';
import { useCaseReport } from './use-case-report.ts';
import { WhoLooks } from './who-looks.tsx';

interface IncidentPaneProps {
  open: OpenIncident;
  /** Every open incident: one may be merged into another. */
  all: readonly OpenIncident[];
}

/**
 * The chosen incident: its head in the frame in which it is chosen, all else in the next, so that who goes through the list by
 * keys waits for no pane. Keys of the pane are not heard before it is there.
 */
export function IncidentPane({ open, all }: IncidentPaneProps) {
  const isDrawn = useNextFrame();
  return (
    <article className="incident-pane" data-drill={open.incident.run !== null || undefined}>
      <Head open={open} />
      {isDrawn && <Columns open={open} all={all} />}
    </article>
  );
}

/** False in the first frame of whoever asks, true from the next on. */
function useNextFrame(): boolean {
  const [isNext, setNext] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setNext(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isNext;
}

/** On one side what is to be done, the right next act first; on the other what there is to know: where, why, who has the keys, what can be seen, what was before. */
function Columns({ open, all }: IncidentPaneProps) {
  const { incident, ticket, alarms } = open;
  const awaitsTeam = useAwaitsTeam(ticket);
  const evidence = useEvidence(incident, ticket);
  const report = useCaseReport(incident, ticket);
  const nameOf = useNamesIn(report);
  return (
    <CaseNames value={nameOf}>
      <div className="incident-columns">
        <div className="incident-acts">
          <AcknowledgeAll open={open} />
          {ticket === null && <OpenTicket open={open} />}
          {ticket !== null && awaitsTeam && <DispatchPane ticket={ticket} />}
          {ticket !== null && <TicketPane ticket={ticket} awaitsTeam={awaitsTeam} />}
          {ticket !== null && <CallUnits ticket={ticket} incident={incident} />}
          <CaseBroadcasts incident={incident} />
          <Alarms open={open} />
          <EvidencePane incident={incident} evidence={evidence} />
          <IncidentReports incident={incident} />
          {report !== undefined && <CaseTimeLine report={report} />}
        </div>
        <div className="incident-facts">
          <Why open={open} />
          {incident.building !== null && <BuildingFacts building={incident.building} />}
          <IncidentVideo open={open} evidence={evidence} />
          <IncidentMap lon={incident.lon} lat={incident.lat} />
          <DetectorHistory alarms={alarms} />
          <EarlierCases incident={incident} />
          {ticket !== null && <ToldPane ticket={ticket} />}
          <RegroupPane open={open} all={all} />
          <BuildingService open={open} />
        </div>
      </div>
    </CaseNames>
  );
}

/** The ticket waits for a team, and whoever sits here may order one. */
function useAwaitsTeam(ticket: TicketRecord | null): boolean {
  const may = useMay();
  const workflow = useStation((station) => ticket && station.world?.workflows.get(ticket.workflow));
  if (ticket === null || !workflow || !may('assign-ticket')) return false;
  return !endsTicket(stepOf(workflow, ticket)) && nextForTeam(workflow, ticket) !== undefined;
}

function Head({ open: { incident, ticket, alarms } }: { open: OpenIncident }) {
  const { t, say } = useLanguage();
  const units = useUnitWords();
  const now = useNow();
  const place = usePlaceWords(incident);
  return (
    <header>
      <p className="incident-pane-head">
        <SeverityMark severity={incident.severity} drill={incident.run !== null} />
        <strong>
          {t(`severityLong.${incident.severity}`)} · {say(incident.title)}
        </strong>
        {incident.run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
        <span className="quiet-words">{incident.caseCode}</span>
        {ticket !== null && <span>{t('desk.heldBy', { holder: say(ticket.holderName) })}</span>}
        <time>{ageText(now - incident.openedAt, units)}</time>
      </p>
      <h2 className="incident-pane-place">{place}</h2>
      <Rooms alarms={alarms} />
      <WhoLooks incident={incident.id} />
    </header>
  );
}

/** Rooms that are told before they are only counted. */
const mostRooms = 4;

/** The rooms in which it went off, floor by floor: where to go once through the door. */
function Rooms({ alarms }: Pick<OpenIncident, 'alarms'>) {
  const { t } = useLanguage();
  const inRooms = alarms.filter(({ room }) => room !== null).sort((a, b) => (a.floor ?? 0) - (b.floor ?? 0));
  const rooms = inRooms.map(({ floor, room }) =>
    floor === null ? room : `${t('desk.floor', { floor: floorName(floor) })} ${room}`,
  );
  const told = [...new Set(rooms)];
  if (told.length === 0) return null;
  return (
    <p className="incident-rooms" data-rooms={told.length}>
      {told.slice(0, mostRooms).join(' · ')}
      {told.length > mostRooms && ` · ${t('desk.moreRooms', { count: told.length - mostRooms })}`}
    </p>
  );
}

function Why({ open: { incident } }: { open: OpenIncident }) {
  const { t, say } = useLanguage();
  return (
    <section className="desk-block">
      <h3>{t('desk.why')}</h3>
      <ul className="reasons">
        {incident.reasons.map((reason) => (
          <li key={reason.zh}>{say(reason)}</li>
        ))}
      </ul>
    </section>
  );
}

function Alarms({ open: { alarms } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const world = useStation((station) => station.world);
  return (
    <section className="desk-block">
      <h3>{t('desk.alarms')}</h3>
      <ul>
        {alarms.map((alarm) => (
          <AlarmLine key={alarm.id} alarm={alarm}>
            {world !== null && isAside(alarm) && <AsideEnd {...asideOf(world, alarm)} />}
          </AlarmLine>
        ))}
      </ul>
    </section>
  );
}

function BuildingService({ open: { incident } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const may = useMay();
  if (incident.building === null || incident.run !== null || !may('remove-from-service')) return null;
  return (
    <details className="desk-block">
      <summary>{t('desk.buildingService')}</summary>
      <HoldForm device={null} building={incident.building} />
    </details>
  );
}

/** A lone alarm waits to be looked at; whoever looks and believes it sends people without waiting for the rules. */
function OpenTicket({ open: { incident } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const { shown, busy, perform } = useAct(incident.version);
  const deed = { act: 'open-ticket', subject: incident.id, expectedVersion: incident.version } as const;
  return (
    <section className="desk-block desk-next">
      <h3>{t('desk.ticket')}</h3>
      <p className="quiet-words">{t('desk.noTicket')}</p>
      <button type="button" className="button button-main" disabled={busy} onClick={() => void perform(deed)}>
        {t('desk.openTicket')}
      </button>
      <ActNote act={shown} />
    </section>
  );
}

/** Somebody has to have seen it: the first thing to be done while nobody has. */
function AcknowledgeAll({ open: { incident, alarms } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const may = useMay();
  const { shown, busy, perform } = useAct(incident.version);
  const waiting = alarms.filter(asksForSomebody).length;
  if (waiting === 0 || !may('acknowledge-incident')) return null;
  const deed = {
    act: 'acknowledge-incident',
    subject: incident.id,
    expectedVersion: incident.version,
  } as const;
  return (
    <section className="desk-block desk-next">
      <button
        type="button"
        className="button button-main"
        data-act="acknowledge-incident"
        disabled={busy}
        onClick={() => void perform(deed)}
      >
        {t('desk.acknowledgeAll', { count: waiting })}
      </button>
      <ActNote act={shown} />
    </section>
  );
}
