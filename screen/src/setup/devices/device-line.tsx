import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import { useState } from 'react';
import { HoldForm } from '../../desk/hold-form.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { useStation } from '../../state/station.ts';
import { ageText } from '../../ui/durations.ts';
import { floorName } from '../../ui/floors-text.ts';
import { serverNow } from '../../ui/now.ts';
import { useUnitWords } from '../../ui/unit-words.ts';
import { DeviceForm } from './device-form.tsx';
import { EndOfHold } from './held-line.tsx';

/** One device: what and where it is, when it was heard, and the way out of service: the button, then why. */
export function DeviceLine({ device, changed }: { device: DeviceCard; changed: () => void }) {
  const { t } = useLanguage();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const holds = useStation((station) => station.world?.holds);
  const hold = [...(holds?.values() ?? [])].find(
    (one) => one.kind === 'out-of-service' && one.device === device.id,
  );
  const mayHold = may('remove-from-service') && hold === undefined;
  return (
    <li className="setup-line" data-device={device.id}>
      <DeviceWords device={device} />
      {hold !== undefined && <EndOfHold hold={hold} />}
      {mayHold && (
        <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('setup.devices.takeOut')}
        </button>
      )}
      {may('register-devices') && (
        <button
          type="button"
          className="button button-plain"
          aria-expanded={isChanging}
          onClick={() => setChanging(!isChanging)}
        >
          {t('setup.change')}
        </button>
      )}
      {mayHold && open && (
        <div className="setup-line-form" ref={focusFirst}>
          <HoldForm device={device.id} building={null} />
        </div>
      )}
      {isChanging && (
        <DeviceForm
          device={device}
          saved={() => {
            setChanging(false);
            changed();
          }}
        />
      )}
    </li>
  );
}

/** What was asked for is written at once. */
function focusFirst(form: HTMLElement | null): void {
  form?.querySelector('input')?.focus();
}

export function DeviceWords({ device }: { device: DeviceCard }) {
  const { t, say } = useLanguage();
  const { id, type, place, floor, room, camera } = device;
  const where = [
    place === null ? t('wall.unlocated') : say(place),
    floor === null ? null : t('desk.floor', { floor: floorName(floor) }),
    room,
  ];
  return (
    <div className="setup-line-words">
      <strong>
        {t(`setup.deviceType.${type}`)} {camera === null ? id : `${camera.code} · ${id}`}
      </strong>
      <span>{where.filter((word) => word !== null).join(' · ')}</span>
      <span className="setup-line-hint">
        {(device.adopted || device.lastSeenAt !== null) && <Heard device={device} />}
      </span>
    </div>
  );
}

function Heard({ device: { lastSeenAt, silentSince, stuckSince } }: { device: DeviceCard }) {
  const { t } = useLanguage();
  const units = useUnitWords();
  const age = (since: number) => ageText(serverNow() - since, units);
  if (silentSince !== null) return <b>{t('setup.devices.silent', { age: age(silentSince) })}</b>;
  if (stuckSince !== null) return <b>{t('setup.devices.stuck', { age: age(stuckSince) })}</b>;
  if (lastSeenAt === null) return t('setup.devices.neverHeard');
  return t('setup.devices.heard', { age: age(lastSeenAt) });
}
