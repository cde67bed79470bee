import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { type DeviceCard, devicePage } from '@fenghuo/contracts/rest.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { change } from '../change.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { type Said, Told } from '../refused.tsx';
import { BuildingField } from './building-field.tsx';
import { DeviceWords } from './device-line.tsx';

/** Devices that spoke before anybody registered them: their alarms lie nowhere until somebody says where they hang. */
export function Adoption() {
  const { t } = useLanguage();
  const waiting = useFetched('/devices?adopted=false&limit=200', devicePage);
  const [done, setDone] = useState<Said>(null);
  return (
    <>
      <p className="setup-intro">{t('setup.adopt.intro')}</p>
      <Told said={done} />
      <Shown of={waiting}>
        {({ devices }) => (
          <>
            {devices.length === 0 && <p className="quiet-words">{t('setup.adopt.none')}</p>}
            <ul className="setup-list" data-waiting={devices.length}>
              {devices.map((device) => (
                <StrangerLine
                  key={device.id}
                  device={device}
                  adopted={() => {
                    setDone({ done: t('setup.adopt.done', { device: device.id }) });
                    waiting.again();
                  }}
                />
              ))}
            </ul>
          </>
        )}
      </Shown>
    </>
  );
}

function StrangerLine({ device, adopted }: { device: DeviceCard; adopted: () => void }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<Said>(null);

  async function adopt(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const floor = text('floor');
    const changed = await change({
      ...{ method: 'PUT', path: `/devices/${encodeURIComponent(device.id)}`, answer: commandAnswer },
      body: {
        ...{ command: newCommandId(), coordinates: 'wgs84', type: text('type'), building: text('building') },
        ...{ area: text('area'), room: text('room'), floor: floor === null ? null : Number(floor) },
      },
    });
    if (changed.ok) adopted();
    else setSaid(changed.refusal);
  }

  return (
    <li className="setup-line" data-device={device.id}>
      <DeviceWords device={device} />
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('setup.adopt.open')}
      </button>
      {open && (
        <form className="act-form setup-line-form" onSubmit={(event) => void adopt(event)}>
          <label className="field">
            {t('setup.device.type')}
            <select name="type" required defaultValue="">
              <option value="" disabled>
                {t('setup.choose')}
              </option>
              {deviceTypes
                .filter((type) => type !== 'unknown' && type !== 'camera')
                .map((type) => (
                  <option key={type} value={type}>
                    {t(`setup.deviceType.${type}`)}
                  </option>
                ))}
            </select>
          </label>
          <BuildingField />
          <label className="field field-short">
            {t('setup.device.floor')}
            <input name="floor" type="number" min={-9} max={200} />
          </label>
          <label className="field field-short">
            {t('setup.device.room')}
            <input name="room" maxLength={64} />
          </label>
          <button type="submit" className="button button-main">
            {t('setup.adopt.adopt')}
          </button>
          <Told said={said} />
        </form>
      )}
    </li>
  );
}
