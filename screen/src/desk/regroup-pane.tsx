import { useId, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go, withQuery } from '../route.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { useMay } from '../state/session.ts';
import { floorName } from '../ui/floors-text.ts';
import { ActNote } from './act-note.tsx';
import { ReasonField } from './reason-field.tsx';
import { useAct } from './use-act.ts';

interface RegroupPaneProps {
  open: OpenIncident;
  /** Every open incident, from which one is chosen to go on. */
  all: readonly OpenIncident[];
}

/** Merging an incident into another, and splitting alarms off it: two happenings taken for one, or one for two. */
export function RegroupPane({ open, all }: RegroupPaneProps) {
  const { t } = useLanguage();
  const may = useMay();
  const [reason, setReason] = useState('');
  const { incident } = open;
  const { shown, busy, perform } = useAct(incident.version);
  const asked = reason.trim() !== '' && !busy;
  const about = { subject: incident.id, expectedVersion: incident.version, reason };
  const merge = async (into: OpenIncident) => {
    const { id, version } = into.incident;
    const outcome = await perform({ act: 'merge-incidents', ...about, into: id, intoVersion: version });
    if (outcome.state === 'done') go(withQuery({ incident: id }), 'replace');
  };
  const split = async (alarms: string[]) => {
    const outcome = await perform({ act: 'split-incident', ...about, alarms });
    if (outcome.state === 'done') setReason('');
  };
  if (!may('merge-incidents')) return null;
  return (
    <details className="desk-block">
      <summary>{t('desk.regroup')}</summary>
      <ReasonField reason={reason} hint={t('desk.regroupHint')} write={setReason} />
      <MergeInto open={open} all={all} asked={asked} merge={merge} />
      {open.alarms.length > 1 && <SplitOff open={open} asked={asked} split={split} />}
      <ActNote act={shown} />
    </details>
  );
}

interface MergeIntoProps extends RegroupPaneProps {
  asked: boolean;
  merge: (into: OpenIncident) => Promise<void>;
}

function MergeInto({ open: { incident }, all, asked, merge }: MergeIntoProps) {
  const { t, say } = useLanguage();
  const id = useId();
  const [chosenId, setChosenId] = useState('');
  const others = all.filter(
    (other) => other.incident.id !== incident.id && other.incident.run === incident.run,
  );
  const into = others.find((other) => other.incident.id === chosenId);
  return (
    <div className="act-form">
      <div className="field field-wide">
        <label htmlFor={id}>{t('desk.mergeInto')}</label>
        <select id={id} value={into?.incident.id ?? ''} onChange={(event) => setChosenId(event.target.value)}>
          <option value="">{t('desk.chooseIncident')}</option>
          {others.map((other) => (
            <option key={other.incident.id} value={other.incident.id}>
              {`${other.incident.caseCode} · ${say(other.incident.place)} · ${say(other.incident.title)}`}
            </option>
          ))}
        </select>
      </div>
      <button
        type="button"
        className="button"
        disabled={!asked || into === undefined}
        onClick={() => into && void merge(into)}
      >
        {t('desk.merge')}
      </button>
    </div>
  );
}

interface SplitOffProps {
  open: OpenIncident;
  asked: boolean;
  split: (alarms: string[]) => Promise<void>;
}

function SplitOff({ open, asked, split }: SplitOffProps) {
  const { t, say } = useLanguage();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const leaving = open.alarms.map(({ id }) => id).filter((id) => chosen.includes(id));
  const toggle = (id: string) =>
    setChosen((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id]));
  return (
    <fieldset className="split-off">
      <legend>{t('desk.splitOff')}</legend>
      {open.alarms.map((alarm) => (
        <label key={alarm.id}>
          <input type="checkbox" checked={chosen.includes(alarm.id)} onChange={() => toggle(alarm.id)} />
          {`${say(alarm.title)} · ${alarm.floor === null ? '' : `${t('desk.floor', { floor: floorName(alarm.floor) })} · `}${alarm.device}`}
        </label>
      ))}
      <button
        type="button"
        className="button"
        disabled={!asked || leaving.length === 0 || leaving.length === open.alarms.length}
        onClick={() => void split(leaving)}
      >
        {t('desk.split', { count: leaving.length })}
      </button>
    </fieldset>
  );
}
