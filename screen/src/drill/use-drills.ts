import { type DrillCard, type DrillCatalogue, drillCatalogue, drillList } from '@fenghuo/contracts/drills.ts';
import { useAsk } from '../feed/queries.ts';

/** A run tells each second; what has ended stays as it is. */
const whileRunningMs = 1_000;
const whileQuietMs = 4_000;
const catalogueMs = 8_000;

const isUnderWay = ({ endedAt, play }: DrillCard) => endedAt === null || play?.state === 'settling';

/** Drills, the newest first, and how to have them asked for at once; null until they are known. */
export function useDrills(): { drills: readonly DrillCard[] | null; again: () => void } {
  const { data, refetch } = useAsk('/drills', drillList, {
    everyMs: (told) => (told?.drills.some(isUnderWay) ? whileRunningMs : whileQuietMs),
  });
  return { drills: data?.drills ?? null, again: () => void refetch() };
}

/** The scenarios are the same objects for as long as they are the same: the map is not drawn anew for each asking. */
export function useDrillCatalogue(): DrillCatalogue | null {
  return useAsk('/drills/scenarios', drillCatalogue, { everyMs: catalogueMs }).data ?? null;
}
