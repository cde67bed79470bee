import { useMemo } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { go, useQueryValue } from '../../route.ts';
import { useMay } from '../../state/session.ts';
import { ImportPane } from '../import/import-pane.tsx';
import { Adoption } from './adoption.tsx';
import { FindDevices } from './find-devices.tsx';

const tabs = ['find', 'adopt', 'import'] as const;
type Tab = (typeof tabs)[number];

/** Devices: found and taken out of service, strangers adopted, files imported. */
export function DevicesPage() {
  const { t } = useLanguage();
  const may = useMay();
  const asked = useQueryValue('tab');
  const tab: Tab = tabs.find((name) => name === asked) ?? 'find';
  const offered = useMemo(() => tabs.filter((name) => name === 'find' || may('register-devices')), [may]);
  return (
    <>
      {offered.length > 1 && (
        <div className="setup-tabs" role="tablist">
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === tab}
              onClick={() => go(`/setup/devices?tab=${name}`, 'replace')}
            >
              {t(`setup.devices.tab.${name}`)}
            </button>
          ))}
        </div>
      )}
      {tab === 'find' && <FindDevices />}
      {tab === 'adopt' && <Adoption />}
      {tab === 'import' && <ImportPane kind="devices" />}
    </>
  );
}
