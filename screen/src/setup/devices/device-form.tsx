import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../../i18n/language.ts';
import { type FieldOf, RegisterForm } from '../register-form.tsx';
import { BuildingField } from './building-field.tsx';

function bodyOf(text: FieldOf) {
  const storey = text('floor');
  return {
    ...{ coordinates: 'wgs84', type: text('type') || null, building: text('building') || null },
    ...{ room: text('room') || null, floor: storey === '' ? null : Number(storey) },
  };
}

/** What a device is and where it hangs: of a stranger, to adopt it; of a known one, to change it. */
export function DeviceForm({ device, saved }: { device: DeviceCard; saved: () => void }) {
  const { t } = useLanguage();
  const { id, adopted, type, building, place, floor, room } = device;
  return (
    <RegisterForm
      path="/devices"
      id={id}
      body={bodyOf}
      saved={saved}
      submit={t(adopted ? 'setup.save' : 'setup.adopt.adopt')}
    >
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
    </RegisterForm>
  );
}
