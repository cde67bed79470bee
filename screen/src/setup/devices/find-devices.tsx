import { devicePage } from '@fenghuo/contracts/rest.ts';
import { useMemo, useState } from 'react';
import { type Translate, useLanguage } from '../../i18n/language.ts';
import { useQueryValue } from '../../route.ts';
import { openHolds } from '../../state/put-aside.ts';
import { useStation } from '../../state/station.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { useSettled } from '../use-settled.ts';
import { DeviceLine } from './device-line.tsx';
import { HeldLine } from './held-line.tsx';

const shown = 50;

/** A detector by whatever one knows of it; before anything is asked, what is out of service now. */
export function FindDevices() {
  const { t } = useLanguage();
  const [search, setSearch] = useState(useQueryValue('search') ?? '');
  const wanted = useSettled(search);
  const path =
    wanted === '' || asksForHow(wanted, t)
      ? null
      : `/devices?limit=${shown}&search=${encodeURIComponent(wanted)}`;
  const found = useFetched(path, devicePage);
  return (
    <>
      <label className="field setup-search">
        {t('setup.devices.search')}
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: the page is for this field
          autoFocus
          value={search}
          maxLength={64}
          placeholder={t('setup.devices.searchHint')}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      {path === null ? (
        <>
          <p className="setup-intro">{t('setup.devices.howOut')}</p>
          <OutOfService />
        </>
      ) : (
        <Shown of={found}>
          {({ devices }) => (
            <>
              {devices.length === 0 && <p className="quiet-words">{t('setup.devices.none')}</p>}
              <ul className="setup-list" data-devices={devices.length}>
                {devices.map((device) => (
                  <DeviceLine key={device.id} device={device} changed={found.again} />
                ))}
              </ul>
              {devices.length === shown && (
                <p className="quiet-words">{t('setup.devices.more', { count: shown })}</p>
              )}
            </>
          )}
        </Shown>
      )}
    </>
  );
}

/** Somebody types what they want to do, in either language, and not which device. */
function asksForHow(text: string, t: Translate): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted.length < 2 || /^[a-z]{0,3}$/.test(wanted)) return false;
  const languages = ['zh-CN', 'en'] as const;
  return languages.some((lng) => ` ${t('setup.devices.outWords', { lng })}`.includes(` ${wanted}`));
}

function OutOfService() {
  const { t } = useLanguage();
  const world = useStation((station) => station.world);
  const held = useMemo(
    () => (world === null ? [] : openHolds(world).filter(({ kind }) => kind === 'out-of-service')),
    [world],
  );
  return (
    <section className="desk-block">
      <h3>{t('setup.devices.outNow', { count: held.length })}</h3>
      {held.length === 0 && <p className="quiet-words">{t('setup.devices.noneOut')}</p>}
      <ul className="setup-list">
        {held.map((hold) => (
          <HeldLine key={hold.id} hold={hold} />
        ))}
      </ul>
    </section>
  );
}
