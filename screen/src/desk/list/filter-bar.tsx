import { eventKinds, severities } from '@fenghuo/contracts/words.ts';
import { useEffect, useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { go, withQuery } from '../../route.ts';
import { useSession } from '../../state/session.ts';
import { useStation } from '../../state/station.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { type ListFilter, listStates } from './list-filter.ts';

/** Whoever types is given this long for the next key before the list follows, ms. */
const restMs = 120;

const set = (name: string, value: string) =>
  go(withQuery({ [name]: value === '' ? null : value }), 'replace');

/** What of the list is shown: by severity, area, kind, state and words. All of it stands in the address. */
export function FilterBar({ filter }: { filter: ListFilter }) {
  const { t } = useLanguage();
  return (
    <search className="filter-bar">
      <fieldset className="filter-severities" aria-label={t('list.severity')}>
        {severities.map((severity) => (
          <button
            key={severity}
            type="button"
            aria-pressed={filter.severity === severity}
            onClick={() => set('severity', filter.severity === severity ? '' : severity)}
          >
            <SeverityMark severity={severity} drill={false} />
          </button>
        ))}
      </fieldset>
      <TextField text={filter.text} />
      <AreaField area={filter.area} />
      <select
        aria-label={t('list.kind')}
        value={filter.kind ?? ''}
        onChange={(event) => set('kind', event.target.value)}
      >
        <option value="">{t('list.anyKind')}</option>
        {eventKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`eventKind.${kind}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('list.state')}
        value={filter.state ?? ''}
        onChange={(event) => set('state', event.target.value)}
      >
        <option value="">{t('list.anyState')}</option>
        {listStates.map((state) => (
          <option key={state} value={state}>
            {t(`listState.${state}`)}
          </option>
        ))}
      </select>
    </search>
  );
}

export const searchFieldId = 'desk-search';

/** Escape and Enter give the keys back to the list. */
function TextField({ text }: { text: string }) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => set('q', typed), restMs);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <input
      id={searchFieldId}
      type="search"
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'Enter') return;
        event.stopPropagation();
        event.currentTarget.blur();
      }}
    />
  );
}

/** Areas one level below one's own. */
function AreaField({ area }: { area: string | null }) {
  const { t, say } = useLanguage();
  const { session } = useSession();
  const places = useStation((station) => station.world?.places ?? []);
  const own = session.state === 'known' ? session.who.area : '';
  const level = own.length > 6 ? 'village' : 'township';
  const choices = places.filter((place) => place.level === level && place.code.startsWith(own));
  return (
    <select
      aria-label={t('list.area')}
      value={area ?? ''}
      onChange={(event) => set('area', event.target.value)}
    >
      <option value="">{t('list.anyArea')}</option>
      {choices.map(({ code, name }) => (
        <option key={code} value={code}>
          {say(name)}
        </option>
      ))}
    </select>
  );
}
