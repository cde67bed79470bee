import { type DrillCard, type DrillCatalogue, drillCatalogue, drillList } from '@fenghuo/contracts/drills.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { z } from 'zod';
import { request } from '../feed/request.ts';

/** A run tells each second; what has ended stays as it is. */
const whileRunningMs = 1_000;
const whileQuietMs = 4_000;
const catalogueMs = 8_000;

/** Asks again and again; what was told last stays while the server is away. */
function usePolled<S extends z.ZodType>(path: string, answer: S, everyMs: number) {
  const [told, setTold] = useState<z.infer<S> | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks at once.
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const got = await request({ method: 'GET', path, answer });
      if (isCurrent && got.ok) setTold(got.body);
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [path, answer, everyMs, turn]);
  return { told, again };
}

const isUnderWay = ({ endedAt, play }: DrillCard) => endedAt === null || play?.state === 'settling';

/** Drills, the newest first, and how to have them asked for at once; null until they are known. */
export function useDrills(): { drills: readonly DrillCard[] | null; again: () => void } {
  const [running, setRunning] = useState(false);
  const { told, again } = usePolled('/drills', drillList, running ? whileRunningMs : whileQuietMs);
  const drills = told?.drills ?? null;
  const runs = drills?.some(isUnderWay) ?? false;
  useEffect(() => setRunning(runs), [runs]);
  return { drills, again };
}

/** The scenarios are the same objects for as long as they are the same: the map is not drawn anew for each asking. */
export function useDrillCatalogue(): DrillCatalogue | null {
  const { told } = usePolled('/drills/scenarios', drillCatalogue, catalogueMs);
  const text = useMemo(() => JSON.stringify(told?.scenarios ?? []), [told]);
  const scenarios = useMemo(() => JSON.parse(text) as DrillCatalogue['scenarios'], [text]);
  return told && { ...told, scenarios };
}
