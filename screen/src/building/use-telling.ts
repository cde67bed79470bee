import { useEffect, useState } from 'react';
import { type Step, tellingOf, toldAt, untilNext } from './spread.ts';

/**
 * How many of the steps are told now. It tells them one after the other, shows all for a while, and begins again; a
 * new alarm is told with all others at once. Who wants no motion sees all.
 */
export function useTelling(steps: readonly Step[]): number {
  const [told, setTold] = useState(steps.length);
  const count = steps.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when another detector went off, and not when one of them was acknowledged
  useEffect(() => {
    setTold(count);
    if (count < 2 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const telling = tellingOf(steps);
    const allFirst = telling.at.at(-1)!;
    const started = performance.now() - allFirst;
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      const elapsed = performance.now() - started;
      setTold(toldAt(telling, elapsed));
      timer = setTimeout(next, Math.max(100, untilNext(telling, elapsed)));
    };
    next();
    return () => clearTimeout(timer);
  }, [count]);
  return Math.min(told, count);
}
