import { useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { lightCounts } from '../state/chain.ts';
import { countdown } from '../state/deadline.ts';
import type { World } from '../state/world.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { useNow } from '../ui/now.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStepWords } from '../ui/step-words.ts';
import { Changing } from './changing.tsx';
import { LightCounts } from './light-counts.tsx';
import { shortPlace } from './short-place.ts';
import { useSize } from './use-size.ts';
import { type WarRow, warRows } from './war-rows.ts';

/** Heights in rem; the same as in wall.css. */
const [rowHeight, headHeight] = [4.9, 3];

/** Sizes of a place on the first and the second line, and what stands beside it: mark and deadline. Rem. */
const placeRem = { first: 1.7, second: 1.3 };
const besidePlace = 11;

/** The chain in wartime: the commander, and directly below the teams, each with its case and its clock. */
export function WarChain({ world }: { world: World }) {
  const { t } = useLanguage();
  const now = useNow();
  const [element, size] = useSize<HTMLDivElement>();
  const { without, ordered } = useMemo(() => warRows(world), [world]);
  const commander = [...world.units.values()].find(({ level }) => level === 'county')?.onDuty;
  const width = size?.width ?? 0;
  const heads = Number(without.length > 0) + Number(ordered.length > 0);
  const room = Math.max(0, Math.floor(((size?.height ?? 0) - heads * headHeight) / rowHeight));
  const shown = without.slice(0, Math.max(room - Math.min(ordered.length, 3), 0));
  const below = ordered.slice(0, room - shown.length);
  return (
    <section className="chain war">
      <h2 className="column-title">
        <span className="war-commander">
          <strong>{commander ?? t('wall.nobody')}</strong> {t('wall.commander')}
        </span>
        <LightCounts counts={lightCounts(world.tickets.values(), now)} />
      </h2>
      <div className="war-rows" ref={element}>
        <Group
          {...{ name: t('wall.noTeam', { count: without.length }), width }}
          {...{ rows: shown, of: without.length, urgent: true }}
        />
        <Group
          {...{ name: t('wall.teams', { count: ordered.length }), width }}
          {...{ rows: below, of: ordered.length }}
        />
      </div>
    </section>
  );
}

interface GroupProps {
  name: string;
  rows: readonly WarRow[];
  /** How many there are; what has no room is said as a number. */
  of: number;
  width: number;
  /** It waits for an order. */
  urgent?: boolean;
}

function Group({ name, rows, of, width, urgent = false }: GroupProps) {
  const { t } = useLanguage();
  if (of === 0) return null;
  return (
    <>
      <h3 className="war-head" data-urgent={urgent || undefined}>
        <Changing value={name} />
        {of > rows.length && <Changing value={t('wall.moreTickets', { count: of - rows.length })} />}
      </h3>
      <ul>
        {rows.map((row) => (
          <WarLine key={row.ticket.id} row={row} width={width} />
        ))}
      </ul>
    </>
  );
}

interface WarLineProps {
  row: WarRow;
  /** Room of the chain, rem. */
  width: number;
}

function WarLine({ row: { ticket, teams }, width }: WarLineProps) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const now = useNow();
  const drill = ticket.run !== null;
  const isOrdered = teams.length > 0;
  const place = shortPlace(
    say(ticket.place),
    (width - besidePlace) / placeRem[isOrdered ? 'second' : 'first'],
  );
  const light = ticket.due === null ? undefined : countdown(ticket.due, now).light;
  return (
    <li
      className="ticket"
      data-row="roomy"
      data-ticket={ticket.id}
      data-light={light}
      data-drill={drill || undefined}
    >
      <SeverityMark severity={ticket.severity} drill={drill} />
      <div className="ticket-words">
        <p className="ticket-holder">
          {isOrdered ? teams.map((team) => say(team)).join(t('wall.comma')) : place}
        </p>
        <p className="ticket-place">
          {drill && `${t('wall.drill')} · `}
          {isOrdered ? place : t('wall.heldBy', { holder: say(ticket.holderName) })}
        </p>
      </div>
      <div className="ticket-due">
        {ticket.due !== null && <DeadlineRing due={ticket.due} inside={false} />}
        <span className="ticket-step">{words.step(ticket, ticket.step, ticket.stage)}</span>
      </div>
    </li>
  );
}
