import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
import { BuildingField } from './building-field.tsx';

/** What a device is and where it hangs: of a stranger, to adopt it; of a known one, to change it. */
export function DeviceForm({ device, saved }: { device: DeviceCard; saved: () => void }) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<Said>(null);
  const { id, adopted, type, building, place, floor, room } = device;

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const storey = text('floor');
    const changed = await change({
      ...{ method: 'PUT', path: `/devices/${encodeURIComponent(id)}`, answer: commandAnswer },
      body: {
        ...{ command: newCommandId(), coordinates: 'wgs84', type: text('type'), building: text('building') },
        ...{ room: text('room'), floor: storey === null ? null : Number(storey) },
      },
    });
    if (changed.ok) saved();
    else setSaid(changed.refusal);
  }

  return (
    <form className="act-form setup-line-form" onSubmit={(event) => void save(event)}>
      <label className="field">
        {t('setup.device.type')}
        <select name="type" required defaultValue={type === 'unknown' ? '' : type}>
          <option value="" disabled>
            {t('setup.choose')}
          </option>
          {deviceTypes
            .filter((one) => one === type || (one !== 'unknown' && one !== 'camera'))
            .map((one) => (
              <option key={one} value={one}>
                {t(`setup.deviceType.${one}`)}
              </option>
            ))}
        </select>
      </label>
      <BuildingField building={building} place={place} />
      <label className="field field-short">
        {t('setup.device.floor')}
        <input name="floor" type="number" min={-9} max={200} defaultValue={floor ?? ''} />
      </label>
      <label className="field field-short">
        {t('setup.device.room')}
        <input name="room" maxLength={64} defaultValue={room ?? ''} />
      </label>
      <button type="submit" className="button button-main">
        {t(adopted ? 'setup.save' : 'setup.adopt.adopt')}
      </button>
      <Told said={said} />
    </form>
  );
}
