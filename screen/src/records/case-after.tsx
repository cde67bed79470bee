import type { Dossier } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useState } from 'react';
import { ActNote } from '../desk/act-note.tsx';
import { ReasonField } from '../desk/reason-field.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { useMay } from '../state/session.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { serverNow } from '../ui/now.ts';

const dayMs = 24 * 3_600_000;

/** What is done after the end of a case: the visit, and opening it again; and listing an open one for supervision. */
export function CaseAfter({ dossier: { ticket, incident } }: { dossier: Dossier }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  if (ticket === null) return null;
  const { visits, listed } = ticket;
  return (
    <section className="desk-block case-after" data-ticket={ticket.id}>
      <h3>{t('records.after')}</h3>
      {listed !== null && (
        <p>
          {t('records.listedUntil', { time: time.date(listed.until) })} · {listed.reason}
        </p>
      )}
      {visits.map(({ at, by, satisfied, note }) => (
        <p key={at} data-follow-up={satisfied}>
          {t(satisfied ? 'records.satisfied' : 'records.unsatisfied')} · <bdi>{by}</bdi> · {time.date(at)}{' '}
          <bdi>{note}</bdi>
        </p>
      ))}
      {ticket.closedAt !== null && incident.mergedInto === null && <AfterClosing ticket={ticket} />}
      {ticket.closedAt === null && <Supervision ticket={ticket} />}
    </section>
  );
}

function AfterClosing({ ticket }: { ticket: TicketRecord }) {
  const { t } = useLanguage();
  const may = useMay();
  const [words, setWords] = useState('');
  const { shown, busy, perform } = useSettledAct('/cases');
  const about = { subject: ticket.id, expectedVersion: ticket.version, reason: words };
  const visit = async (satisfied: boolean) => {
    const { state } = await perform({ act: 'record-follow-up', ...about, satisfied });
    if (state === 'done') setWords('');
  };
  const reopen = async () => {
    const { state } = await perform({ act: 'reopen-ticket', ...about });
    if (state === 'done') go(`/desk?incident=${ticket.incident}`);
  };
  const silent = words.trim() === '';
  return (
    <div className="act-form">
      <ReasonField label={t('records.said')} reason={words} hint={t('records.afterHint')} write={setWords} />
      {may('record-follow-up') && (
        <>
          <button type="button" className="button" disabled={busy} onClick={() => void visit(true)}>
            {t('records.satisfied')}
          </button>
          <button
            type="button"
            className="button"
            disabled={busy || silent}
            onClick={() => void visit(false)}
          >
            {t('records.unsatisfied')}
          </button>
        </>
      )}
      {may('reopen-ticket') && (
        <button type="button" className="button" disabled={busy || silent} onClick={() => void reopen()}>
          {t('records.reopen')}
        </button>
      )}
      <ActNote act={shown} />
    </div>
  );
}

/** 挂牌督办: the county watches that it is done with within three days. */
function Supervision({ ticket }: { ticket: TicketRecord }) {
  const { t } = useLanguage();
  const may = useMay();
  const [words, setWords] = useState('');
  const { shown, busy, perform } = useSettledAct('/cases');
  if (!may('list-for-supervision')) return null;
  const about = { subject: ticket.id, expectedVersion: ticket.version, reason: words };
  const act = () =>
    ticket.listed === null
      ? perform({ act: 'list-for-supervision', ...about, until: serverNow() + 3 * dayMs })
      : perform({ act: 'end-supervision', ...about });
  return (
    <div className="act-form">
      <ReasonField reason={words} hint={t('desk.regroupHint')} write={setWords} />
      <button
        type="button"
        className="button"
        disabled={busy || words.trim() === ''}
        onClick={() => void act()}
      >
        {t(ticket.listed === null ? 'records.list' : 'records.endListing')}
      </button>
      <ActNote act={shown} />
    </div>
  );
}
