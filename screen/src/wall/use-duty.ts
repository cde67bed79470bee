import { type ChainLink, chainPage } from '@fenghuo/contracts/chain.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';
import { useStation } from '../state/station.ts';

/** Duty that ends by itself changes no directory; a wall looks again this often, in ms. */
const lookAgainMs = 60_000;

/** Who sits in the county's room now. What was known last stays while the server is away. */
export function useDuty(): ChainLink['onDuty'] {
  const directoryTurn = useStation((station) => station.directoryTurn);
  const [onDuty, setOnDuty] = useState<ChainLink['onDuty']>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn of the directory is why it looks again
  useEffect(() => {
    const look = async () => {
      const answer = await request({ method: 'GET', path: '/chain?level=county', answer: chainPage });
      if (answer.ok) setOnDuty(answer.body.units.flatMap((unit) => unit.onDuty));
    };
    void look();
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => clearInterval(timer);
  }, [directoryTurn]);
  return onDuty;
}
