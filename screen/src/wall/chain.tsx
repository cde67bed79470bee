import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useMemo } from 'react';
import { type Translate, useLanguage } from '../i18n/language.ts';
import { chainLanes, type Lane, lightCounts, shownTickets } from '../state/chain.ts';
import { countdown } from '../state/deadline.ts';
import type { World } from '../state/world.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { useNow } from '../ui/now.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { Changing } from './changing.tsx';
import { widthEm } from './fit-text.ts';
import { LightCounts } from './light-counts.tsx';
import { shortPlace } from './short-place.ts';
import { useSize } from './use-size.ts';

/** Heights in rem; the same as in wall.css. */
const laneHeight = 3.4;
const rowHeights = { roomy: 4.9, compact: 3.2 };

/** Sizes of a place on the first and the second line of a ticket, and what stands beside it: lane, mark, deadline. Rem. */
const placeRem = { first: 1.7, second: 1.3 };
const besidePlace = 14;

/** The command chain: every open ticket stands at the level where it is held. */
export function Chain({ world }: { world: World }) {
  const { t } = useLanguage();
  const now = useNow();
  const [element, size] = useSize<HTMLOListElement>();
  const lanes = useMemo(() => chainLanes(world), [world]);
  const counts = lightCounts(world.tickets.values(), now);
  const height = (size?.height ?? 0) - lanes.length * laneHeight;
  const { row, shown } = useMemo(() => fitTickets(lanes, height), [lanes, height]);
  return (
    <section className="chain">
      <h2 className="column-title">
        {t('wall.chain')}
        <LightCounts counts={counts} />
      </h2>
      <ol className="chain-lanes" ref={element}>
        {lanes.map((lane) => (
          <LaneView key={lane.level} {...{ lane, row, shown }} width={size?.width ?? 0} />
        ))}
      </ol>
    </section>
  );
}

interface FittedTickets {
  row: 'roomy' | 'compact';
  shown: ReadonlySet<string>;
}

/** All tickets on two lines if they fit so, else on one; else the most pressing that fit. */
function fitTickets(lanes: readonly Lane[], height: number): FittedTickets {
  const count = lanes.reduce((sum, lane) => sum + lane.tickets.length, 0);
  const row = count * rowHeights.roomy <= height ? 'roomy' : 'compact';
  return { row, shown: shownTickets(lanes, Math.max(0, Math.floor(height / rowHeights[row]))) };
}

interface LaneViewProps extends FittedTickets {
  lane: Lane;
  /** Of the chain, rem. */
  width: number;
}

function LaneView({ lane, row, shown, width }: LaneViewProps) {
  const { t } = useLanguage();
  const tickets = lane.tickets.filter((ticket) => shown.has(ticket.id));
  const hidden = lane.tickets.length - tickets.length;
  return (
    <li className="lane" data-level={lane.level} data-empty={lane.tickets.length === 0 || undefined}>
      <p className="lane-head">
        <span className="lane-name">{t(`level.${lane.level}`)}</span>
        <Changing className="lane-count" value={unitsOf(lane, t)} />
        {hidden > 0 && <Changing className="lane-more" value={t('wall.moreTickets', { count: hidden })} />}
      </p>
      {tickets.length > 0 && (
        <ul className="lane-tickets">
          {tickets.map((ticket) => (
            <TicketChip key={`${ticket.id}-${ticket.holder}-${ticket.stage}`} {...{ ticket, row, width }} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The name of a unit without its kind, which the lane says already: 太平街道应急指挥室 stands as 太平街道; in English without that of its township, too. */
function withoutLevel(name: string): string {
  return name
    .replace(/(应急)?指挥室$|联勤(工作)?站$| command room$| joint station(?=,|$)/, '')
    .replace(/ (New District|Subdistrict|Town)$/, '');
}

/** How many units a level has, and how many of them are staffed where that is known. */
function unitsOf({ onDuty, units }: Lane, t: Translate): string {
  if (units < 2) return '';
  return onDuty === null ? units.toLocaleString('en') : t('wall.onDuty', { on: onDuty, all: units });
}

interface TicketChipProps {
  ticket: TicketRecord;
  row: FittedTickets['row'];
  width: number;
}

function TicketChip({ ticket, row, width }: TicketChipProps) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const now = useNow();
  const drill = ticket.run !== null;
  const holder = withoutLevel(say(ticket.holderName));
  const told = ticket.holderLevel === 'township';
  const isFirst = ticket.holderLevel === 'county';
  const beside = besidePlace + (row === 'compact' ? widthEm(holder) * placeRem.first : 0) + (drill ? 3.5 : 0);
  const place = shortPlace(say(ticket.place), (width - beside) / placeRem[isFirst ? 'first' : 'second'], {
    told,
  });
  const light = ticket.due === null ? undefined : countdown(ticket.due, now).light;
  return (
    <li
      className="ticket"
      data-row={row}
      data-ticket={ticket.id}
      data-light={light}
      data-drill={drill || undefined}
    >
      <SeverityMark severity={ticket.severity} drill={drill} />
      <div className="ticket-words">
        <p className="ticket-holder">{isFirst ? place : holder}</p>
        <p className="ticket-place">
          {drill && `${t('wall.drill')} · `}
          {isFirst ? say(ticket.title) : place}
        </p>
      </div>
      <div className="ticket-due">
        {ticket.due !== null && <DeadlineRing due={ticket.due} inside={false} />}
        <span className="ticket-step">{words.step(ticket, ticket.step, ticket.stage)}</span>
      </div>
    </li>
  );
}
