import { useLanguage } from '../i18n/language.ts';
import { asksForSomebody, type OpenIncident } from '../state/open-incidents.ts';
import { asideOf, isAside } from '../state/put-aside.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { ageText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { usePlaceWords } from '../ui/place-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useUnitWords } from '../ui/unit-words.ts';
import { ActNote } from './act-note.tsx';
import { AlarmLine } from './alarm-line.tsx';
import { AsideEnd } from './aside-end.tsx';
import { HoldForm } from './hold-form.tsx';
import { IncidentReports } from './incident-reports.tsx';
import { RegroupPane } from './regroup-pane.tsx';
import { TicketPane } from './ticket-pane.tsx';
import { useAct } from './use-act.ts';

interface IncidentPaneProps {
  open: OpenIncident;
  /** Every open incident: one may be merged into another. */
  all: readonly OpenIncident[];
}

/** The chosen incident: where, why, its alarms, its ticket, and how it is told from others. */
export function IncidentPane({ open, all }: IncidentPaneProps) {
  const { t, say } = useLanguage();
  const may = useMay();
  const world = useStation((station) => station.world);
  const units = useUnitWords();
  const now = useNow();
  const { incident, ticket, alarms } = open;
  const place = usePlaceWords(incident);
  return (
    <article className="incident-pane" data-drill={incident.run !== null || undefined}>
      <header>
        <p className="incident-pane-head">
          <SeverityMark severity={incident.severity} drill={incident.run !== null} />
          <strong>
            {t(`severityLong.${incident.severity}`)} · {say(incident.title)}
          </strong>
          {incident.run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
          <span className="quiet-words">{incident.caseCode}</span>
          <time>{ageText(now - incident.openedAt, units)}</time>
        </p>
        <h2 className="incident-pane-place">{place}</h2>
      </header>
      <section className="desk-block">
        <h3>{t('desk.why')}</h3>
        <ul className="reasons">
          {incident.reasons.map((reason) => (
            <li key={reason.zh}>{say(reason)}</li>
          ))}
        </ul>
      </section>
      <IncidentReports incident={incident} />
      {ticket === null ? <OpenTicket open={open} /> : <TicketPane ticket={ticket} />}
      <section className="desk-block">
        <h3>{t('desk.alarms')}</h3>
        <ul>
          {alarms.map((alarm) => (
            <AlarmLine key={alarm.id} alarm={alarm}>
              {world !== null && isAside(alarm) && <AsideEnd {...asideOf(world, alarm)} />}
            </AlarmLine>
          ))}
        </ul>
        {alarms.filter(asksForSomebody).length > 1 && may('acknowledge-incident') && (
          <AcknowledgeAll open={open} />
        )}
      </section>
      <RegroupPane open={open} all={all} />
      {incident.building !== null && incident.run === null && may('remove-from-service') && (
        <details className="desk-block">
          <summary>{t('desk.buildingService')}</summary>
          <HoldForm device={null} building={incident.building} />
        </details>
      )}
    </article>
  );
}

/** A lone alarm waits to be looked at; whoever looks and believes it sends people without waiting for the rules. */
function OpenTicket({ open: { incident } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const { shown, busy, perform } = useAct(incident.version);
  const deed = { act: 'open-ticket', subject: incident.id, expectedVersion: incident.version } as const;
  return (
    <section className="desk-block">
      <h3>{t('desk.ticket')}</h3>
      <p className="quiet-words">{t('desk.noTicket')}</p>
      <button type="button" className="button button-main" disabled={busy} onClick={() => void perform(deed)}>
        {t('desk.openTicket')}
      </button>
      <ActNote act={shown} />
    </section>
  );
}

function AcknowledgeAll({ open: { incident } }: { open: OpenIncident }) {
  const { t } = useLanguage();
  const { shown, busy, perform } = useAct(incident.version);
  const deed = {
    act: 'acknowledge-incident',
    subject: incident.id,
    expectedVersion: incident.version,
  } as const;
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void perform(deed)}>
        {t('desk.acknowledgeAll')}
      </button>
      <ActNote act={shown} />
    </>
  );
}
