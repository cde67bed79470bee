import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type PartyRole, partyRoles } from '@fenghuo/contracts/words.ts';
import { useId, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { ActNote } from './act-note.tsx';
import { ReasonField } from './reason-field.tsx';
import { UnitField } from './unit-field.tsx';
import { useAct } from './use-act.ts';

interface CallUnitsProps {
  ticket: TicketRecord;
  incident: IncidentRecord;
}

/** Handing a case on to another unit of its level, and calling teams and departments to it. */
export function CallUnits({ ticket, incident }: CallUnitsProps) {
  const { t } = useLanguage();
  const may = useMay();
  if (!may('transfer-ticket') && !may('add-party')) return null;
  return (
    <details className="desk-block">
      <summary>{t('dispatch.more')}</summary>
      {may('add-party') && <AddParty ticket={ticket} incident={incident} />}
      {may('transfer-ticket') && <Transfer ticket={ticket} incident={incident} />}
    </details>
  );
}

function AddParty({ ticket, incident }: CallUnitsProps) {
  const { t } = useLanguage();
  const roleId = useId();
  const units = useStation((station) => station.world?.units);
  const [unit, setUnit] = useState('');
  const [role, setRole] = useState<PartyRole>('department');
  const { shown, busy, perform } = useAct(ticket.version);
  const others = [...(units?.values() ?? [])].filter(({ id }) => id !== ticket.holder);
  const call = async () => {
    const { id: subject, version: expectedVersion } = ticket;
    const { state } = await perform({ act: 'add-party', subject, expectedVersion, unit, role });
    if (state === 'done') setUnit('');
  };
  return (
    <div className="act-form" data-form="add-party">
      <UnitField
        label={t('dispatch.addUnit')}
        units={others}
        place={incident}
        chosen={unit}
        choose={setUnit}
      />
      <div className="field">
        <label htmlFor={roleId}>{t('dispatch.role')}</label>
        <select id={roleId} value={role} onChange={(event) => setRole(event.target.value as PartyRole)}>
          {partyRoles.map((one) => (
            <option key={one} value={one}>
              {t(`partyRole.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <button type="button" className="button" disabled={busy || unit === ''} onClick={() => void call()}>
        {t('dispatch.add')}
      </button>
      <ActNote act={shown} />
    </div>
  );
}

function Transfer({ ticket, incident }: CallUnitsProps) {
  const { t } = useLanguage();
  const units = useStation((station) => station.world?.units);
  const [unit, setUnit] = useState('');
  const [reason, setReason] = useState('');
  const { shown, busy, perform } = useAct(ticket.version);
  const others = [...(units?.values() ?? [])].filter(
    ({ id, level }) => id !== ticket.holder && level === ticket.holderLevel,
  );
  const hand = async () => {
    const { id: subject, version: expectedVersion } = ticket;
    const { state } = await perform({ act: 'transfer-ticket', subject, expectedVersion, unit, reason });
    if (state !== 'done') return;
    setUnit('');
    setReason('');
  };
  return (
    <div className="act-form" data-form="transfer">
      <UnitField
        label={t('dispatch.transferTo')}
        units={others}
        place={incident}
        chosen={unit}
        choose={setUnit}
      />
      <ReasonField reason={reason} hint={t('desk.regroupHint')} write={setReason} />
      <button
        type="button"
        className="button"
        disabled={busy || unit === '' || reason.trim() === ''}
        onClick={() => void hand()}
      >
        {t('dispatch.transfer')}
      </button>
      <ActNote act={shown} />
    </div>
  );
}
