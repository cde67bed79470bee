import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import { useCallback, useMemo, useState } from 'react';
import { useQueryText } from '../../route.ts';
import { type Folding, foldLow } from '../../state/folding.ts';
import type { Listed, OpenList } from '../../state/open-list.ts';
import { useOpenList } from './followed-list.ts';
import { type Row, rowsOf } from './held-rows.ts';
import { filterOf, isFiltering, type ListFilter, readFilter } from './list-filter.ts';
import { useHand, useHeld } from './use-hand.ts';

interface ShownList {
  list: OpenList;
  filter: ListFilter;
  isFiltered: boolean;
  isWhole: boolean;
  /** Incidents of the filter, folded ones left out, in the places where they are shown. */
  order: readonly Listed[];
  rows: readonly Row[];
  folding: Folding<Listed>;
  waiting: ReturnType<typeof useHeld>;
  hand: ReturnType<typeof useHand>;
  unfold: (id: string, open: boolean) => void;
  /** Shows the folded low ones of a flood in the list, or not. */
  showsFolded: boolean;
  setShowsFolded: (shows: boolean) => void;
  unfoldsAll: boolean;
}

/** The list as it is looked at: filtered by the address, folded in a flood, held under the hand, unfolded where it is wished. */
export function useShownList(floods: ReadonlyMap<string, FloodRecord>): ShownList {
  const { list, turn, isWhole } = useOpenList();
  const search = useQueryText();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [showsFolded, setShowsFolded] = useState(false);
  const hand = useHand();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const unfoldsAll = query.get('open') === 'all';
  const filterKey = useMemo(() => JSON.stringify(readFilter(query)), [query]);
  const filter = useMemo(() => JSON.parse(filterKey) as ListFilter, [filterKey]);
  const shows = useMemo(() => filterOf(filter), [filter]);
  const isFiltered = isFiltering(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one with each turn
  const matching = useMemo(
    () => (isFiltered ? list.order.filter(shows) : list.order),
    [list, turn, shows, isFiltered],
  );
  const folding = useMemo(
    () =>
      isFiltered
        ? { shown: matching, folded: [], floods: [...floods.values()] }
        : foldLow(matching, floods.values()),
    [matching, floods, isFiltered],
  );
  const now = useMemo(
    () => (showsFolded ? [...folding.shown, ...folding.folded] : folding.shown),
    [folding, showsFolded],
  );
  const find = useCallback((id: string) => list.find(id), [list]);
  const waiting = useHeld(now, { isThere: hand.isThere, key: `${filterKey}${showsFolded}`, find });
  const { order } = waiting;
  const rows = useMemo(
    () => rowsOf(order, { all: unfoldsAll, ids: unfolded }),
    [order, unfoldsAll, unfolded],
  );
  const unfold = (id: string, open: boolean) => {
    const next = new Set(unfolded);
    if (open) next.add(id);
    else next.delete(id);
    setUnfolded(next);
  };
  return {
    ...{ list, filter, isFiltered, isWhole, order, rows, folding, waiting, hand },
    ...{ unfold, unfoldsAll, showsFolded, setShowsFolded },
  };
}
