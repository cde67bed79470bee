import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import { ActNote } from '../../desk/act-note.tsx';
import { useAct } from '../../desk/use-act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { useCountyTime } from '../../ui/county-time.ts';

/** What is out of service: what it is, until when, by whom and why, and the way back. */
export function HeldLine({ hold }: { hold: HoldRecord }) {
  const { say } = useLanguage();
  return (
    <li className="setup-line" data-hold={hold.id}>
      <div className="setup-line-words">
        <strong>{say(hold.place)}</strong>
      </div>
      <EndOfHold hold={hold} />
    </li>
  );
}

/** Until when it is out of service, by whom and why; and the button that ends it. */
export function EndOfHold({ hold }: { hold: HoldRecord }) {
  const { t } = useLanguage();
  const may = useMay();
  const time = useCountyTime();
  const { shown, busy, perform } = useAct(hold.version);
  return (
    <>
      <p className="setup-held">
        <span className="drill-tag">{t('holdKind.out-of-service')}</span>
        {t('desk.until', { time: `${time.date(hold.until)} ${time.hourMinute(hold.until)}` })} ·{' '}
        {hold.startedBy} · {hold.reason}
      </p>
      {may('return-to-service') && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() =>
            void perform({ act: 'return-to-service', subject: hold.id, expectedVersion: hold.version })
          }
        >
          {t('desk.backInService')}
        </button>
      )}
      <ActNote act={shown} />
    </>
  );
}
