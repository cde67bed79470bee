import { severities } from '@fenghuo/contracts/words.ts';
import { useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { go, withQuery } from '../../route.ts';
import type { Listed } from '../../state/open-list.ts';
import { useStation } from '../../state/station.ts';
import type { World } from '../../state/world.ts';
import { FloodWords, FoldedWords } from '../../ui/flood-words.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { CaseBar } from '../keyboard/case-bar.tsx';
import { useCaseActs } from '../keyboard/use-case-acts.ts';
import { type KeyDeeds, useDeskKeys } from '../keyboard/use-desk-keys.ts';
import { FilterBar, searchFieldId } from './filter-bar.tsx';
import { isIncidentRow, type Row } from './held-rows.ts';
import { AlarmRow, IncidentRow } from './incident-row.tsx';
import { filterNames } from './list-filter.ts';
import { RowWindow } from './row-window.tsx';
import { SavedViews } from './saved-views.tsx';
import { useShownList } from './use-shown-list.ts';
import './list.css';

const choose = (id: string) => go(withQuery({ incident: id, view: null }), 'replace');

interface AlarmListProps {
  world: World;
  chosenId: string | null;
  /** False while a form has the keys. */
  hasKeys: boolean;
}

/**
 * All open incidents with their alarms, the gravest first, as far as the filter shows them; and the keys that go through them.
 * What comes and goes by itself stands below the rows, or has its place kept, so that it moves none of them.
 */
export function AlarmList({ world, chosenId, hasKeys }: AlarmListProps) {
  const { t } = useLanguage();
  const shown = useShownList(world.floods);
  const { list, order, rows, folding, waiting, hand, filter } = shown;
  const isLive = useStation((station) => station.status === 'live');
  const [topTurn, setTopTurn] = useState(0);
  const chosen = chosenId === null ? undefined : list.find(chosenId);
  const letIn = () => {
    waiting.letIn();
    setTopTurn(topTurn + 1);
  };
  useListKeys({ shown, chosenId, hasKeys, letIn });
  const draw = (row: Row) =>
    isIncidentRow(row) ? (
      <IncidentRow
        listed={row}
        chosen={row.incident.id === chosenId}
        ended={list.find(row.incident.id) === undefined}
        choose={() => choose(row.incident.id)}
      />
    ) : (
      <AlarmRow
        alarm={list.alarm(row.id) ?? row}
        choose={() => row.incident !== null && choose(row.incident)}
      />
    );
  return (
    <>
      <FilterBar filter={filter} />
      <SavedViews />
      <p className="list-count">
        {t('list.count', { incidents: order.length, alarms: list.alarmCount })}
        {!shown.isWhole && <span role="status">{t('list.loading')}</span>}
      </p>
      <p className="list-waiting" aria-live="polite">
        {!isLive && <strong className="list-stale">{t('list.stale')}</strong>}
        {isLive && waiting.waiting > 0 && (
          <button type="button" data-gravest={waiting.gravest} onClick={letIn}>
            <SeverityMark severity={waiting.gravest ?? 'low'} drill={false} />
            {t('list.waiting', { count: waiting.waiting })} <kbd>.</kbd>
          </button>
        )}
      </p>
      {isLive && order.length === 0 && folding.folded.length === 0 && (
        <p className="quiet-words list-none">{t(shown.isFiltered ? 'list.noMatch' : 'desk.none')}</p>
      )}
      <RowWindow
        rows={rows}
        label={t('list.label')}
        shownKey={chosenId}
        hand={hand}
        topTurn={topTurn}
        draw={draw}
      />
      {folding.floods.length > 0 && (
        <p className="desk-flood">
          <FloodWords floods={folding.floods} />
        </p>
      )}
      <FoldedLine shown={shown} />
      {chosen !== undefined && <ChosenKeys key={chosen.incident.id} listed={chosen} hasKeys={hasKeys} />}
    </>
  );
}

/** Low incidents of a flood: a line with their number, which puts them into the list. */
function FoldedLine({
  shown: { folding, showsFolded, setShowsFolded },
}: {
  shown: ReturnType<typeof useShownList>;
}) {
  const { t } = useLanguage();
  const { folded } = folding;
  if (folded.length === 0) return null;
  return (
    <section className="folded" data-folded={folded.length}>
      <button
        type="button"
        className="desk-row"
        aria-expanded={showsFolded}
        onClick={() => setShowsFolded(!showsFolded)}
      >
        <SeverityMark severity="low" drill={folded.every(({ incident }) => incident.run !== null)} />
        <span className="desk-row-words">
          <FoldedWords folded={folded} />
        </span>
        <span className="quiet-words">{showsFolded ? t('flood.close') : t('flood.open')}</span>
      </button>
    </section>
  );
}

function ChosenKeys({ listed, hasKeys }: { listed: Listed; hasKeys: boolean }) {
  const acts = useCaseActs(listed);
  useDeskKeys(hasKeys ? acts.can : {});
  return <CaseBar acts={acts} />;
}

interface ListKeys {
  shown: ReturnType<typeof useShownList>;
  chosenId: string | null;
  hasKeys: boolean;
  letIn: () => void;
}

/** Going through the list. When the chosen one is over, next is the one that stands in its place. */
function useListKeys({
  shown: { list, order, filter, hand, unfold, unfoldsAll },
  chosenId,
  hasKeys,
  letIn,
}: ListKeys) {
  const last = useRef(-1);
  const isOpen = ({ incident }: Listed) => list.find(incident.id) !== undefined;
  const goTo = (at: number) => {
    const target = order[at];
    if (target === undefined) return;
    last.current = at;
    hand.keyed();
    choose(target.incident.id);
  };
  const step = (by: 1 | -1, wanted: (listed: Listed) => boolean) => {
    const found = order.findIndex(({ incident }) => incident.id === chosenId);
    let at = found < 0 ? Math.min(last.current, order.length) - (by === 1 ? 1 : 0) : found;
    if (found < 0 && last.current < 0) at = by === 1 ? -1 : 0;
    for (at += by; at >= 0 && at < order.length; at += by)
      if (isOpen(order[at]!) && wanted(order[at]!)) return goTo(at);
  };
  const firstCalling = () => {
    const at = order.findIndex((one) => isOpen(one) && one.unacknowledged && one.incident.id !== chosenId);
    if (at >= 0) goTo(at);
  };
  const filterBy = (severity: string | null) => go(withQuery({ severity }), 'replace');
  const deeds: KeyDeeds = {
    next: () => step(1, () => true),
    previous: () => step(-1, () => true),
    nextCalling: firstCalling,
    first: () => goTo(order.findIndex(isOpen)),
    unfold: () => chosenId !== null && unfold(chosenId, true),
    fold: () => chosenId !== null && unfold(chosenId, false),
    unfoldAll: () => go(withQuery({ open: unfoldsAll ? null : 'all' }), 'replace'),
    letIn,
    search: () => document.getElementById(searchFieldId)?.focus(),
    severity: () => {
      const at = filter.severity === null ? -1 : severities.indexOf(filter.severity);
      filterBy(severities[at + 1] ?? null);
    },
    clear: () => go(withQuery(Object.fromEntries(filterNames.map((name) => [name, null]))), 'replace'),
  };
  useDeskKeys(hasKeys ? deeds : {});
}
