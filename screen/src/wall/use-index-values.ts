import { indexValues } from '@fenghuo/contracts/safety-index.ts';
import { useMemo } from 'react';
import { useAsk } from '../feed/queries.ts';

/** The index is of weeks; a wall looks again this often, in ms. */
const lookAgainMs = 300_000;

/** The safety index by township and village; empty until it is known. What was known last stays while the server is away. */
export function useIndexValues(): ReadonlyMap<string, number> {
  const { data } = useAsk('/safety-index/values', indexValues, { everyMs: lookAgainMs });
  return useMemo(
    () =>
      new Map(
        Object.entries(data?.values ?? {}).flatMap(([area, value]) =>
          value === null ? [] : [[area, Math.round(value)] as const],
        ),
      ),
    [data],
  );
}
