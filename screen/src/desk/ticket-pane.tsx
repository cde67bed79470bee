import { moverFor, standingOf } from '@fenghuo/contracts/movers.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import {
  actWords,
  endsTicket,
  lackingEvidence,
  movesOf,
  nextForTeam,
  stepOf,
  type Workflow,
  type WorkflowMove,
} from '@fenghuo/contracts/workflow.ts';
import { useId, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay, useSession } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { ageText, countdownText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { useStepWords } from '../ui/step-words.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { WhoDid } from '../ui/who-did.tsx';
import { ActNote } from './act-note.tsx';
import { CaseUnits } from './case-units.tsx';
import { Chase } from './chase.tsx';
import { useAct } from './use-act.ts';

interface TicketPaneProps {
  ticket: TicketRecord;
  /** Ordering a team stands beside it: the plain move to it would be the same once more. */
  awaitsTeam: boolean;
}

/** The ticket of the chosen incident: where it stands, what is due, and the steps that may follow. */
export function TicketPane({ ticket, awaitsTeam }: TicketPaneProps) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const workflow = useStation((station) => station.world?.workflows.get(ticket.workflow));
  const units = useUnitWords();
  const may = useMay();
  const now = useNow();
  return (
    <section className="desk-block" data-ticket={ticket.id}>
      <h3>{t('desk.ticket')}</h3>
      <div className="ticket-now">
        <p className="ticket-stands">
          <strong>{words.step(ticket, ticket.step, ticket.stage)}</strong>
          <span>{say(ticket.holderName)}</span>
          <span className="quiet-words">
            {t('desk.since', { age: ageText(now - ticket.stepSince, units) })}
          </span>
        </p>
        <Chase ticket={ticket} unit={ticket.holder} />
        {ticket.due !== null && (
          <p className="ticket-stands">
            <DeadlineRing due={ticket.due} inside={false} />
            {t('wall.due', {
              step: words.stage(ticket, ticket.due.stage),
              limit: countdownText(ticket.due.limitMs, units),
            })}
          </p>
        )}
      </div>
      {may('move-ticket') && workflow !== undefined && (
        <NextSteps ticket={ticket} workflow={workflow} awaitsTeam={awaitsTeam} />
      )}
      <CaseUnits ticket={ticket} />
      <Moves ticket={ticket} />
    </section>
  );
}

interface NextStepsProps extends TicketPaneProps {
  workflow: Workflow;
}

function NextSteps({ ticket, workflow, awaitsTeam }: NextStepsProps) {
  const { t, say } = useLanguage();
  const reasonId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState('');
  const isMine = useIsMine();
  const { shown, busy, perform } = useAct(ticket.version);
  if (endsTicket(stepOf(workflow, ticket))) return <p className="quiet-words">{t('desk.ended')}</p>;
  const ordered = awaitsTeam ? nextForTeam(workflow, ticket)?.id : undefined;
  const moves = movesOf(workflow, ticket).filter((one) => isMine(one, ticket) && one.to !== ordered);
  if (moves.length === 0)
    return <p className="quiet-words">{t('desk.notYours', { holder: say(ticket.holderName) })}</p>;
  const nameOf = ({ to, kind }: WorkflowMove) => {
    const step = workflow.steps.find(({ id }) => id === to)!;
    return kind === 'return' ? t('desk.back', { step: say(step.name) }) : say(actWords(step));
  };
  const asking = moves.filter((one) => asksForWords(one, ticket)).map(nameOf);
  const move = async (next: WorkflowMove) => {
    if (asksForWords(next, ticket) && reason.trim() === '') field.current?.focus();
    const { id: subject, version: expectedVersion } = ticket;
    const { state } = await perform({ act: 'move-ticket', subject, expectedVersion, to: next.to, reason });
    if (state !== 'refused' && state !== 'failed') setReason((typed) => (typed === reason ? '' : typed));
  };
  return (
    <>
      <div className="field">
        <label htmlFor={reasonId}>{t('desk.reason')}</label>
        <input
          id={reasonId}
          ref={field}
          value={reason}
          maxLength={500}
          placeholder={
            asking.length === 0 ? '' : t('desk.reasonHint', { steps: asking.join(t('desk.comma')) })
          }
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <fieldset className="next-steps" aria-label={t('desk.next')}>
        {moves.map((next, i) => (
          <button
            key={next.to}
            type="button"
            className={`button ${i === 0 && next.kind === 'forward' ? 'button-main' : ''}`}
            data-step={next.to}
            disabled={busy}
            onClick={() => void move(next)}
          >
            {nameOf(next)}
          </button>
        ))}
      </fieldset>
      <ActNote act={shown} />
    </>
  );
}

/** Whether a move is refused without words: it must say why, or the case lacks a note. */
function asksForWords(move: WorkflowMove, ticket: TicketRecord): boolean {
  return move.reason || lackingEvidence(move, ticket, '').some(({ kind }) => kind === 'note');
}

/** Whether a move is for whoever is signed in: what the writer would refuse is not offered. */
function useIsMine(): (move: WorkflowMove, ticket: TicketRecord) => boolean {
  const { session } = useSession();
  const units = useStation((station) => station.world?.units);
  if (session.state !== 'known') return () => false;
  const standing = standingOf(session.who, (unit) => units?.get(unit)?.level);
  return (move, ticket) => moverFor(move, ticket, standing) !== null;
}

function Moves({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const time = useCountyTime();
  const world = useStation((station) => station.world);
  const holder = (id: string) => {
    const unit = world?.units.get(id);
    return unit === undefined ? '' : say(unit.name);
  };
  return (
    <ol className="moves" aria-label={t('desk.moves')}>
      {ticket.moves.map((move) => (
        <li key={`${move.at}-${move.to}`}>
          <time>{time.clock(move.at)}</time>
          <strong>{words.step(ticket, move.to, move.stage)}</strong>
          <span>{holder(move.holder)}</span>
          <WhoDid by={move.by} />
          {move.reason !== null && (
            <span className="quiet-words">
              <bdi>{move.reason}</bdi>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
