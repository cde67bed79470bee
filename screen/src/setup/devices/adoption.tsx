import { type DeviceCard, devicePage } from '@fenghuo/contracts/rest.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { type Said, Told } from '../refused.tsx';
import { DeviceForm } from './device-form.tsx';
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
  return (
    <li className="setup-line" data-device={device.id}>
      <DeviceWords device={device} />
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('setup.adopt.open')}
      </button>
      {open && <DeviceForm device={device} saved={adopted} />}
    </li>
  );
}
