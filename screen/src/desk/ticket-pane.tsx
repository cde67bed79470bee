import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { nextSteps, reasonedSteps } from '@fenghuo/contracts/ticket-workflow.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import { useId, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { DeadlineRing } from '../ui/deadline-ring.tsx';
import { ageText, countdownText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { ActNote } from './act-note.tsx';
import { CaseUnits } from './case-units.tsx';
import { useAct } from './use-act.ts';

/** The ticket of the chosen incident: where it stands, what is due, and the steps that may follow. */
export function TicketPane({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const units = useUnitWords();
  const may = useMay();
  const now = useNow();
  return (
    <section className="desk-block" data-ticket={ticket.id}>
      <h3>{t('desk.ticket')}</h3>
      <div className="ticket-now">
        <p className="ticket-stands">
          <strong>{t(`step.${ticket.stage}`)}</strong>
          <span>{say(ticket.holderName)}</span>
          <span className="quiet-words">
            {t('desk.since', { age: ageText(now - ticket.stepSince, units) })}
          </span>
        </p>
        {ticket.due !== null && (
          <p className="ticket-stands">
            <DeadlineRing due={ticket.due} inside={false} />
            {t('wall.due', {
              step: t(`step.${ticket.due.stage}`),
              limit: countdownText(ticket.due.limitMs, units),
            })}
          </p>
        )}
      </div>
      <CaseUnits ticket={ticket} />
      <Moves ticket={ticket} />
      {may('move-ticket') && <NextSteps ticket={ticket} />}
    </section>
  );
}

function NextSteps({ ticket }: { ticket: TicketRecord }) {
  const { t } = useLanguage();
  const reasonId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState('');
  const { shown, busy, perform } = useAct(ticket.version);
  const steps = nextSteps[ticket.stage];
  if (steps.length === 0) return <p className="quiet-words">{t('desk.ended')}</p>;
  const move = async (to: TicketStage) => {
    if (reasonedSteps.includes(to) && reason.trim() === '') field.current?.focus();
    await perform({ act: 'move-ticket', subject: ticket.id, expectedVersion: ticket.version, to, reason });
    setReason('');
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
          placeholder={t('desk.reasonHint')}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <fieldset className="next-steps" aria-label={t('desk.next')}>
        {steps.map((step, i) => (
          <button
            key={step}
            type="button"
            className={`button ${i === 0 ? 'button-main' : ''}`}
            data-step={step}
            disabled={busy}
            onClick={() => void move(step)}
          >
            {isBack(ticket.stage, step) ? t('desk.back', { step: t(`step.${step}`) }) : t(`step.${step}`)}
          </button>
        ))}
      </fieldset>
      <ActNote act={shown} />
    </>
  );
}

/** A move to an earlier step sends the ticket back 退回. */
const isBack = (from: TicketStage, to: TicketStage) => ticketStages.indexOf(to) < ticketStages.indexOf(from);

function Moves({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
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
          <strong>{t(`step.${move.stage}`)}</strong>
          <span>{holder(move.holder)}</span>
          <span className="quiet-words">
            {move.by === 'engine' ? t('desk.engine') : move.by} {move.reason}
          </span>
        </li>
      ))}
    </ol>
  );
}
