import { useLanguage } from '../i18n/language.ts';
import type { Folding } from '../state/folding.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { ageText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useUnitWords } from '../ui/unit-words.ts';
import { Changing } from './changing.tsx';
import { fitRows } from './fit-rows.ts';
import { FoldLine } from './fold-line.tsx';
import { shortPlace } from './short-place.ts';
import { useSize } from './use-size.ts';

/** Heights in rem; the same as in wall.css. */
const rows = { roomy: 5.2, compact: 2.7, note: 2.7 };

/** Size of a place, and what a row takes beside it: mark, age and deadline. Rem. */
const placeRem = 1.7;
const besidePlace = { roomy: 9.5, compact: 10.8 };

/** The other open incidents, the gravest first. Whole rows only; what has no room is counted. */
export function IncidentList({ open, folding }: { open: readonly OpenIncident[]; folding: Folding }) {
  const { t } = useLanguage();
  const [element, size] = useSize<HTMLDivElement>();
  if (open.length === 0) return <FoldLine folding={folding} />;
  const fitted = fitRows({ available: size?.height ?? 0, count: open.length, ...rows });
  return (
    <section className="incidents">
      <h2 className="column-title">
        <Changing value={t('wall.others', { count: open.length })} />
      </h2>
      <div className="incidents-room" ref={element}>
        <ul>
          {open.slice(0, fitted.shown).map((one) => (
            <IncidentRow
              key={one.incident.id}
              open={one}
              row={fitted.row}
              em={((size?.width ?? 0) - besidePlace[fitted.row]) / placeRem}
            />
          ))}
        </ul>
        <More hidden={open.slice(fitted.shown)} />
      </div>
      <FoldLine folding={folding} />
    </section>
  );
}

/** What has no room is said as a number, and what is high among it. */
function More({ hidden }: { hidden: readonly OpenIncident[] }) {
  const { t } = useLanguage();
  const [count, high] = [
    hidden.length,
    hidden.filter(({ incident }) => incident.severity === 'high' && incident.run === null).length,
  ];
  if (count === 0) return null;
  return (
    <p className="incidents-more">
      <Changing value={t(high > 0 ? 'wall.moreHigh' : 'wall.more', { count, high })} />
    </p>
  );
}

interface IncidentRowProps {
  open: OpenIncident;
  row: 'roomy' | 'compact';
  /** Room for the place. */
  em: number;
}

function IncidentRow({ open, row, em }: IncidentRowProps) {
  const { t, say } = useLanguage();
  const units = useUnitWords();
  const now = useNow();
  const { incident, ticket } = open;
  const drill = incident.run !== null;
  const drillTag = drill && <span className="drill-tag">{t('wall.drill')}</span>;
  const lastReason = incident.reasons.at(-1) ?? incident.title;
  return (
    <li
      className="incident"
      data-incident={incident.id}
      data-severity={incident.severity}
      data-row={row}
      data-drill={drill || undefined}
    >
      <SeverityMark severity={incident.severity} drill={drill} />
      <div className="incident-words">
        <p className="incident-place">
          {row === 'compact' && drillTag} {shortPlace(say(incident.place), drill ? em - 3 : em)}
        </p>
        {row === 'roomy' && (
          <p className="incident-why">
            {drillTag} {ticket !== null && `${say(ticket.holderName)} · `}
            {say(lastReason)}
          </p>
        )}
      </div>
      <div className="incident-times">
        <time className="incident-age" dateTime={new Date(incident.openedAt).toISOString()}>
          {ageText(now - incident.openedAt, units)}
        </time>
        {ticket?.due && <DeadlineRing due={ticket.due} inside={false} />}
      </div>
    </li>
  );
}
