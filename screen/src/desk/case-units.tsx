import type { TicketParty, TicketRecord } from '@fenghuo/contracts/records.ts';
import { partyProgress, partyStates } from '@fenghuo/contracts/words.ts';
import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { ageText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { ActNote } from './act-note.tsx';
import { Chase } from './chase.tsx';
import { type Acting, useAct } from './use-act.ts';

/** Who else is at the case and how far they have come, and whom its lateness has reached. Nothing where there is neither. */
export function CaseUnits({ ticket }: { ticket: TicketRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const partiesId = useId();
  const acting = useAct(ticket.version);
  const { parties, escalations } = ticket;
  return (
    <>
      {parties.length > 0 && (
        <>
          <p className="quiet-words" id={partiesId}>
            {t('desk.parties')}
          </p>
          <ul className="parties" aria-labelledby={partiesId}>
            {parties.map((party) => (
              <Party key={party.unit} ticket={ticket} party={party} acting={acting} />
            ))}
          </ul>
          <ActNote act={acting.shown} />
        </>
      )}
      {ticket.overdue && escalations.length > 0 && (
        <p className="ticket-stands" data-escalated={escalations.length}>
          <span className="quiet-words">{t('desk.escalated')}</span>
          {escalations.map(({ unit, name, at }, i) => (
            <span key={unit}>
              {i > 0 && '› '}
              {say(name)} <time className="quiet-words">{time.clock(at)}</time>
            </span>
          ))}
        </p>
      )}
    </>
  );
}

interface PartyProps {
  ticket: TicketRecord;
  party: TicketParty;
  acting: Acting;
}

/** How far a called unit has come, for how long, and what the desk may say for it: it answered by telephone. */
function Party({ ticket, party, acting: { busy, perform } }: PartyProps) {
  const { t, say } = useLanguage();
  const may = useMay();
  const now = useNow();
  const units = useUnitWords();
  const { unit, name, role, state, since } = party;
  const isAtIt = state !== 'done' && state !== 'released';
  const next = partyProgress.find((one) => partyStates.indexOf(one) > partyStates.indexOf(state));
  const about = { subject: ticket.id, expectedVersion: ticket.version, unit };
  return (
    <li data-party={unit} data-state={state}>
      <strong>{say(name)}</strong>
      <span>{t(`partyState.${state}`)}</span>
      <span className="quiet-words">
        {ageText(now - since, units)} · {t(`partyRole.${role}`)}
      </span>
      {isAtIt && (
        <span className="party-acts">
          {next !== undefined && may('move-party') && (
            <button
              type="button"
              className="button button-plain"
              disabled={busy}
              onClick={() => void perform({ act: 'move-party', ...about, to: next })}
            >
              {t(`desk.partyAct.${next}`)}
            </button>
          )}
          <Chase ticket={ticket} unit={unit} />
          {may('release-party') && (
            <button
              type="button"
              className="button button-plain"
              disabled={busy}
              onClick={() => void perform({ act: 'release-party', ...about })}
            >
              {t('dispatch.release')}
            </button>
          )}
        </span>
      )}
    </li>
  );
}
