import { type Proposal, proposals, type RuledOut } from '@fenghuo/contracts/chain.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { distanceText } from '../ui/distance-text.ts';
import { ActNote } from './act-note.tsx';
import { useAct } from './use-act.ts';
import { useOrderKeys } from './use-order-keys.ts';

/** Duty and load of teams change while nobody touches this ticket, ms. */
const askEveryMs = 5_000;

/** Teams that are read at a glance; the others are a touch away. */
const atFirst = 3;

/** Which team to send, the right one first: one key, or one touch, orders it. */
export function DispatchPane({ ticket }: { ticket: TicketRecord }) {
  const { t } = useLanguage();
  const directoryTurn = useStation((station) => station.directoryTurn);
  const turn = `${ticket.version}.${directoryTurn}`;
  const { data, isError } = useAsk(`/tickets/${ticket.id}/proposals`, proposals, {
    turn,
    everyMs: askEveryMs,
  });
  const { shown, busy, perform } = useAct(ticket.version);
  const order = (unit: string) => {
    const { id: subject, version: expectedVersion } = ticket;
    void perform({ act: 'assign-ticket', subject, expectedVersion, unit });
  };
  const ranked = data?.ranked ?? [];
  useOrderKeys(
    ranked.map(({ unit }) => unit),
    busy ? null : order,
  );
  return (
    <section className="desk-block desk-next" aria-label={t('dispatch.title')}>
      <h3>
        {t('dispatch.title')} <span className="quiet-words">{t('dispatch.keys')}</span>
      </h3>
      {isError && <p>{t('desk.askFailed')}</p>}
      {data !== undefined && ranked.length === 0 && <p>{t('dispatch.nobody')}</p>}
      <ol className="teams">
        {ranked.slice(0, atFirst).map((team, i) => (
          <Team key={team.unit} team={team} place={i + 1} busy={busy} order={order} />
        ))}
      </ol>
      {ranked.length > atFirst && (
        <details className="teams-out">
          <summary>{t('dispatch.others', { count: ranked.length - atFirst })}</summary>
          <ol className="teams">
            {ranked.slice(atFirst).map((team, i) => (
              <Team key={team.unit} team={team} place={atFirst + i + 1} busy={busy} order={order} />
            ))}
          </ol>
        </details>
      )}
      <ActNote act={shown} />
      {data !== undefined && data.ruledOut.length > 0 && (
        <details className="teams-out">
          <summary>{t('dispatch.ruledOut', { count: data.ruledOut.length })}</summary>
          <ul className="teams">
            {data.ruledOut.map((team) => (
              <OutTeam key={team.unit} team={team} busy={busy} order={order} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface TeamProps<T> {
  team: T;
  busy: boolean;
  order: (unit: string) => void;
}

function Team({ team, place, busy, order }: TeamProps<Proposal> & { place: number }) {
  const { t, say } = useLanguage();
  return (
    <li className="team" data-team={team.unit}>
      <kbd>{place <= 9 ? place : ''}</kbd>
      <div>
        <p className="team-name">
          <strong>{say(team.name)}</strong>
          <Way team={team} />
          <span>{t('dispatch.onDuty', { count: team.onDuty })}</span>
          <span>{team.open === 0 ? t('dispatch.free') : t('dispatch.load', { count: team.open })}</span>
        </p>
        <p className="quiet-words">{team.reasons.map((reason) => say(reason)).join(' · ')}</p>
      </div>
      <button
        type="button"
        className={`button ${place === 1 ? 'button-main' : ''}`}
        data-order={place}
        disabled={busy}
        onClick={() => order(team.unit)}
      >
        {t('dispatch.order')}
      </button>
    </li>
  );
}

/** Why it is not proposed stands beside it; a person may know better. */
function OutTeam({ team, busy, order }: TeamProps<RuledOut>) {
  const { t, say } = useLanguage();
  return (
    <li className="team" data-team={team.unit}>
      <kbd />
      <p className="team-name">
        <span>{say(team.name)}</span>
        <Way team={team} />
        <span className="quiet-words">{say(team.because)}</span>
      </p>
      <button
        type="button"
        className="button button-plain"
        disabled={busy || team.why === 'on-the-case'}
        onClick={() => order(team.unit)}
      >
        {t('dispatch.orderAnyway')}
      </button>
    </li>
  );
}

function Way({ team: { metres, minutes } }: { team: Pick<Proposal, 'metres' | 'minutes'> }) {
  const { t } = useLanguage();
  if (metres === null) return null;
  return (
    <span>
      {distanceText(metres)}
      {minutes !== null && ` · ${t('dispatch.minutes', { count: Math.max(1, Math.round(minutes)) })}`}
    </span>
  );
}
