import { type ChainLink, chainPage } from '@fenghuo/contracts/chain.ts';
import { useAsk } from '../feed/queries.ts';
import { useStation } from '../state/station.ts';

/** Duty that ends by itself changes no directory; a wall looks again this often, in ms. */
const lookAgainMs = 60_000;

/** Who sits in the county's room now. What was known last stays while it is asked again. */
export function useDuty(): ChainLink['onDuty'] {
  const turn = useStation((station) => station.directoryTurn);
  const { data } = useAsk('/chain?level=county', chainPage, { turn, everyMs: lookAgainMs });
  return data?.units.flatMap((unit) => unit.onDuty) ?? [];
}
