import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { serverNow } from '../ui/now.ts';
import { ActNote } from './act-note.tsx';
import { useAct } from './use-act.ts';

interface ChaseProps {
  ticket: TicketRecord;
  unit: string;
}

/** Tells a unit once more: one touch, and when that was. */
export function Chase({ ticket, unit }: ChaseProps) {
  const { t } = useLanguage();
  const may = useMay();
  const time = useCountyTime();
  const [chasedAt, setChasedAt] = useState<number | null>(null);
  const { shown, busy, perform } = useAct(ticket.version);
  if (!may('chase-ticket')) return null;
  const chase = async () => {
    const { id: subject, version: expectedVersion } = ticket;
    const { state } = await perform({ act: 'chase-ticket', subject, expectedVersion, unit });
    if (state === 'done') setChasedAt(serverNow());
  };
  return (
    <>
      <button
        type="button"
        className="button button-plain"
        data-chase={unit}
        disabled={busy}
        onClick={() => void chase()}
      >
        {chasedAt === null ? t('dispatch.chase') : t('dispatch.chased', { time: time.clock(chasedAt) })}
      </button>
      <ActNote act={shown} />
    </>
  );
}
