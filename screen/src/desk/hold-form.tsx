import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import { type FormEvent, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import { serverNow } from '../ui/now.ts';
import { ActNote } from './act-note.tsx';
import { DurationField } from './duration-field.tsx';
import { ReasonField } from './reason-field.tsx';
import { useAct } from './use-act.ts';

/** Minutes: an inspection, half a shift, a shift, a day, a week, a month. */
const choices = [60, 240, 480, 1_440, 10_080, 43_200];
/** A test lasts a day at most. */
const longestTest = 1_440;

interface HoldFormProps {
  /** The device or the building, the other null. */
  device: string | null;
  building: string | null;
}

/** Takes a device or building out of service, or begins a test of a building. Only what may be done is offered. */
export function HoldForm({ device, building }: HoldFormProps) {
  const { t } = useLanguage();
  const may = useMay();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(240);
  const open = useStation(({ world }) => world?.holds);
  const held = (kind: HoldRecord['kind']) =>
    [...(open?.values() ?? [])].find(
      (hold) => hold.kind === kind && (device === null ? hold.building === building : hold.device === device),
    );
  const { shown, busy, perform } = useAct(
    Math.max(0, ...(['out-of-service', 'building-test'] as const).map((kind) => held(kind)?.version ?? 0)),
  );
  const subject = device ?? building ?? '';
  const until = () => serverNow() + minutes * 60_000;
  const asked = reason.trim() !== '' && subject !== '' && !busy;
  const mayTest = building !== null && held('building-test') === undefined;
  const mayOut = held('out-of-service') === undefined;
  const takeOut = () =>
    void perform({
      ...{ act: 'remove-from-service', subject, until: until(), reason },
      of: device === null ? 'building' : 'device',
    });
  /** The one thing that can be meant; of a building a test may be. */
  const entered = (event: FormEvent) => {
    event.preventDefault();
    if (asked && mayOut && !mayTest) takeOut();
  };
  if (!may('remove-from-service')) return null;
  if (!mayTest && !mayOut) return <p className="quiet-words">{t('desk.heldAlready')}</p>;
  return (
    <form className="act-form" onSubmit={entered}>
      <ReasonField reason={reason} hint={t('desk.holdHint')} write={setReason} />
      <DurationField minutes={minutes} choices={choices} choose={setMinutes} />
      {mayTest && (
        <button
          type="button"
          className="button"
          disabled={!asked || minutes > longestTest}
          onClick={() => void perform({ act: 'start-building-test', subject, until: until(), reason })}
        >
          {t('desk.startTest')}
        </button>
      )}
      {mayOut && (
        <button type="button" className="button" disabled={!asked} onClick={takeOut}>
          {t(device === null ? 'desk.buildingOut' : 'desk.deviceOut')}
        </button>
      )}
      <ActNote act={shown} />
    </form>
  );
}
