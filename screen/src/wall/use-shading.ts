import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import type { MapShade } from '@fenghuo/contracts/wall-orders.ts';
import { useMemo } from 'react';
import { type AreaShading, noShading } from '../map/area-shading.ts';
import { useAreaHealth } from '../map/use-area-health.ts';

interface ShadingSources {
  points: DevicePoints | null;
  index: ReadonlyMap<string, number>;
}

/** The figures of a shade; those of a shade that is not shown are not counted. */
export function useShading(shade: MapShade, { points, index }: ShadingSources): AreaShading {
  const heard = useAreaHealth(shade === 'online' ? points : null);
  return useMemo(() => {
    switch (shade) {
      case 'none':
        return noShading;
      case 'online':
        return { shade, figures: heard };
      case 'index':
        return { shade, figures: index };
    }
  }, [shade, heard, index]);
}
