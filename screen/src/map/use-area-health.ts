import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import { useEffect, useState } from 'react';
import { areaHealth } from '../state/area-health.ts';
import { deviceStateTable } from '../state/device-state-table.ts';
import type { AreaShading } from './area-shading.ts';

/** A figure of an area need not move sooner, ms. */
const countEveryMs = 5_000;

type Figures = AreaShading['figures'];

/** Share of detectors heard by township and village, in whole per cent; the same map while none of them moved. Null: not asked for. */
export function useAreaHealth(points: DevicePoints | null): Figures {
  const [figures, setFigures] = useState<Figures>(new Map());
  useEffect(() => {
    if (points === null) return;
    let [shown, changed] = ['', true];
    const count = () => {
      if (!changed || deviceStateTable.states.length === 0) return;
      changed = false;
      const next = inPerCent(areaHealth(points, deviceStateTable.states));
      const text = JSON.stringify([...next]);
      if (text === shown) return;
      shown = text;
      setFigures(next);
    };
    const forget = deviceStateTable.onChange(() => {
      changed = true;
    });
    count();
    const timer = setInterval(count, countEveryMs);
    return () => {
      forget();
      clearInterval(timer);
    };
  }, [points]);
  return figures;
}

/** Rounded down: 99.9 % is not all of them. */
function inPerCent(shares: ReadonlyMap<string, number>): Figures {
  return new Map([...shares].map(([code, share]) => [code, Math.floor(share * 100)]));
}
