import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { countdown } from '../state/deadline.ts';
import { countdownText } from './durations.ts';
import { useNow } from './now.ts';
import { useUnitWords } from './unit-words.ts';

const radius = 9.5;
const round = 2 * Math.PI * radius;

/** A deadline: a ring that runs down, blue, yellow, red, with what is left. Overdue it is whole and counts up. */
export function DeadlineRing({ due, inside }: { due: NonNullable<TicketRecord['due']>; inside: boolean }) {
  const { light, share, leftMs } = countdown(due, useNow());
  const left = countdownText(leftMs, useUnitWords());
  const drawn = light === 'red' ? 1 : share;
  return (
    <span className={`deadline ${inside ? 'deadline-inside' : ''}`} data-light={light}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle className="deadline-track" cx="12" cy="12" r={radius} />
        <circle
          className="deadline-left"
          cx="12"
          cy="12"
          r={radius}
          transform="rotate(-90 12 12)"
          strokeDasharray={`${drawn * round} ${round}`}
        />
      </svg>
      <span className="deadline-text">{left}</span>
    </span>
  );
}
