import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { ageText, countdownText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { usePlaceWords } from '../ui/place-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { fitText } from './fit-text.ts';
import { useSize } from './use-size.ts';

/** Lines and sizes of the place in rem; all are larger than anything else on the wall. */
const places = {
  tall: { lines: 3, sizes: [6.4, 5.8, 5.2, 4.6, 4.2, 3.8, 3.5, 3.2] },
  grown: { lines: 2, sizes: [6.4, 5.8, 5.2, 4.6, 4.2, 3.8, 3.5, 3.2] },
  ample: { lines: 2, sizes: [4.6, 4.2, 3.8, 3.5, 3.2] },
  tight: { lines: 2, sizes: [3.8, 3.5, 3.2] },
};

/** What the card takes from its width on both sides together, in rem. */
const padding = 3.8;

export type LeadSize = keyof typeof places;

interface LeadCardProps {
  open: OpenIncident;
  /** Reasons shown, the newest last. */
  reasons: number;
  /** How much room the card takes: less when many others wait below, more in wartime and where nothing else needs it. */
  size: LeadSize;
}

/** The gravest open incident: where, since when, why, who holds it, what is due. */
export function LeadCard({ open, reasons, size }: LeadCardProps) {
  const { t, say } = useLanguage();
  const units = useUnitWords();
  const now = useNow();
  const time = useCountyTime();
  const [element, measured] = useSize<HTMLElement>();
  const { incident } = open;
  const drill = incident.run !== null;
  const place = usePlaceWords(incident);
  return (
    <article
      className="lead"
      ref={element}
      data-size={size}
      data-incident={incident.id}
      data-severity={incident.severity}
      data-drill={drill || undefined}
    >
      <header className="lead-head">
        <SeverityMark severity={incident.severity} drill={drill} />
        <span className="lead-title">
          {t(`severity.${incident.severity}`)} · {say(incident.title)}
        </span>
        {drill && <span className="drill-tag">{t('wall.drill')}</span>}
        <time className="lead-age" dateTime={new Date(incident.openedAt).toISOString()}>
          {ageText(now - incident.openedAt, units)}
        </time>
      </header>
      <p className="lead-case">
        <span>{incident.caseCode}</span>
        <span>{t('wall.opened', { time: time.hourMinute(incident.openedAt) })}</span>
        {incident.lon === null && <span>{t('wall.unlocated')}</span>}
        {open.unacknowledged && <span className="lead-unacknowledged">{t('wall.unacknowledged')}</span>}
      </p>
      <h2
        className="lead-place"
        style={{
          fontSize: `${fitText(place, { width: (measured?.width ?? 0) - padding, ...places[size] })}rem`,
        }}
      >
        {place}
      </h2>
      <ul className="lead-reasons">
        {incident.reasons.slice(-reasons).map((reason) => (
          <li key={reason.zh}>{say(reason)}</li>
        ))}
      </ul>
      <Held open={open} />
    </article>
  );
}

/** Who holds it, and what is due. */
function Held({ open: { ticket } }: { open: OpenIncident }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const units = useUnitWords();
  if (ticket === null) return <p className="lead-held">{t('wall.noTicket')}</p>;
  const { due } = ticket;
  const level: UnitLevel = ticket.holderLevel;
  return (
    <div className="lead-held">
      {due !== null && <DeadlineRing due={due} inside />}
      <div>
        <p className="lead-holder">
          {say(ticket.holderName) || t(`level.${level}`)} · {words.step(ticket, ticket.step, ticket.stage)}
        </p>
        <p className="lead-due">
          {due === null
            ? t('wall.dueNone')
            : t('wall.due', {
                step: words.stage(ticket, due.stage),
                limit: countdownText(due.limitMs, units),
              })}
        </p>
      </div>
    </div>
  );
}
