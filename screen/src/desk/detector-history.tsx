import { eventHistoryPage } from '@fenghuo/contracts/history.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { isReport } from '@fenghuo/contracts/words.ts';
import { lazy, Suspense, useId, useState } from 'react';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { floorName } from '../ui/floors-text.ts';
import { serverNow } from '../ui/now.ts';

const HistoryChart = lazy(() =>
  import('./history-chart.tsx').then((module) => ({ default: module.HistoryChart })),
);

const dayMs = 24 * 3_600_000;
/** What a page of history holds at most; a detector that says more in a day is drawn from its newest. */
const mostEvents = 500;

/** What a detector of the incident said in the day before, as a curve: creeping up, or all at once. */
export function DetectorHistory({ alarms }: { alarms: readonly AlarmRecord[] }) {
  const { t } = useLanguage();
  const id = useId();
  const [from] = useState(() => Math.floor(serverNow() - dayMs));
  const devices = [...new Map(alarms.filter(({ kind }) => !isReport(kind)).map((one) => [one.device, one]))];
  const [chosen, setChosen] = useState<string | null>(null);
  const device = devices.some(([one]) => one === chosen) ? chosen : (devices[0]?.[0] ?? null);
  const path =
    device === null
      ? null
      : `/history/events?device=${encodeURIComponent(device)}&from=${from}&limit=${mostEvents}`;
  const newest = alarms.find((one) => one.device === device)?.lastEventAt ?? 0;
  const { data } = useAsk(path, eventHistoryPage, { turn: newest });
  if (device === null) return null;
  return (
    <section className="desk-block detector-history" data-events={data?.events.length}>
      <h3>
        <label htmlFor={id}>{t('history.title')}</label>
      </h3>
      <div className="field">
        <select id={id} value={device} onChange={(event) => setChosen(event.target.value)}>
          {devices.map(([one, { floor, room }]) => (
            <option key={one} value={one}>
              {[one, floor === null ? '' : t('desk.floor', { floor: floorName(floor) }), room ?? '']
                .filter((part) => part !== '')
                .join(' · ')}
            </option>
          ))}
        </select>
      </div>
      {data?.events.length === 0 && <p className="quiet-words">{t('history.none')}</p>}
      {data !== undefined && data.events.length > 0 && (
        <Suspense fallback={null}>
          <HistoryChart events={data.events} from={from} to={from + dayMs} />
        </Suspense>
      )}
    </section>
  );
}
