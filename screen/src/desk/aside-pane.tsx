import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import { useId, useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { openHolds, putAside } from '../state/put-aside.ts';
import { useMay } from '../state/session.ts';
import type { World } from '../state/world.ts';
import { ActNote } from './act-note.tsx';
import { AlarmLine } from './alarm-line.tsx';
import { AsideEnd } from './aside-end.tsx';
import { HoldForm } from './hold-form.tsx';
import { useAct } from './use-act.ts';

/** What rings nowhere for now, and until when: holds, and the alarms that are shelved or that a hold keeps back. */
export function AsidePane({ world }: { world: World }) {
  const { t } = useLanguage();
  const holds = useMemo(() => openHolds(world), [world]);
  const aside = useMemo(() => putAside(world), [world]);
  return (
    <article className="incident-pane">
      <h2 className="incident-pane-place">{t('desk.asideTitle')}</h2>
      <section className="desk-block">
        <h3>{t('desk.holds', { count: holds.length })}</h3>
        {holds.length === 0 && <p className="quiet-words">{t('desk.noHolds')}</p>}
        <ul>
          {holds.map((hold) => (
            <HoldLine key={hold.id} hold={hold} />
          ))}
        </ul>
      </section>
      <NewHold />
      {(['shelved', 'suppressed-by-design', 'out-of-service'] as const).map((state) => (
        <section key={state} className="desk-block" data-aside={state}>
          <h3>
            {t(`alarmState.${state}`)} {aside.filter(({ alarm }) => alarm.state === state).length}
          </h3>
          <ul>
            {aside
              .filter(({ alarm }) => alarm.state === state)
              .map((one) => (
                <AlarmLine key={one.alarm.id} alarm={one.alarm}>
                  <AsideEnd {...one} />
                </AlarmLine>
              ))}
          </ul>
        </section>
      ))}
    </article>
  );
}

function HoldLine({ hold }: { hold: HoldRecord }) {
  const { t, say } = useLanguage();
  const may = useMay();
  const { shown, busy, perform } = useAct(hold.version);
  const act = hold.kind === 'building-test' ? 'end-building-test' : 'return-to-service';
  return (
    <li className="alarm-line" data-hold={hold.id}>
      <span className="drill-tag">{t(`holdKind.${hold.kind}`)}</span>
      <div>
        <p className="alarm-title">{say(hold.place)}</p>
        <AsideEnd until={hold.until} by={hold.startedBy} reason={hold.reason} />
        <ActNote act={shown} />
      </div>
      {may(act) && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void perform({ act, subject: hold.id, expectedVersion: hold.version })}
        >
          {t(hold.kind === 'building-test' ? 'desk.endTest' : 'desk.backInService')}
        </button>
      )}
    </li>
  );
}

/** A hold of what has no alarm yet, by its number. */
function NewHold() {
  const { t } = useLanguage();
  const may = useMay();
  const id = useId();
  const [of, setOf] = useState<'device' | 'building'>('building');
  const [subject, setSubject] = useState('');
  if (!may('remove-from-service')) return null;
  const named = subject.trim();
  return (
    <section className="desk-block">
      <h3>{t('desk.newHold')}</h3>
      <div className="act-form">
        <div className="field">
          <label htmlFor={`${id}of`}>{t('desk.holdOf')}</label>
          <select
            id={`${id}of`}
            value={of}
            onChange={(event) => setOf(event.target.value === 'device' ? 'device' : 'building')}
          >
            <option value="building">{t('desk.building')}</option>
            <option value="device">{t('desk.device')}</option>
          </select>
        </div>
        <div className="field field-wide">
          <label htmlFor={id}>{t('desk.number')}</label>
          <input
            id={id}
            value={subject}
            maxLength={64}
            onChange={(event) => setSubject(event.target.value)}
          />
        </div>
      </div>
      <HoldForm
        key={`${of}${named}`}
        device={of === 'device' ? named : null}
        building={of === 'building' ? named : null}
      />
    </section>
  );
}
