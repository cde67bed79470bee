import type { MapShade } from '@fenghuo/contracts/wall-orders.ts';

/** What the ground of townships and villages tells: figures from 0 to 100 by code, 100 is as it should be. */
export interface AreaShading {
  shade: MapShade;
  figures: ReadonlyMap<string, number>;
}

export const noShading: AreaShading = { shade: 'none', figures: new Map() };

/** The shade of an area whose figure is low, on the base map and in the legend. */
export const lowColour = '#6b5526';
/** The same of what is no longer the present. */
export const staleColour = '#4b565f';

/** Of detectors that are heard: from here down an area is shaded and says its figure; above it is as quiet as the rest. */
const heardBelow = 98;

/** Classes of the safety index by their least value, the best first, with the opacity of their shade. */
export const indexClasses = [
  { from: 90, opacity: 0 },
  { from: 80, opacity: 0.3 },
  { from: 70, opacity: 0.5 },
  { from: 60, opacity: 0.7 },
  { from: 0, opacity: 0.9 },
] as const;

/** Opacity of an area's shade: none where all is well, or nothing is known. */
export function shadeOf({ shade, figures }: AreaShading, area: string): number {
  const figure = figures.get(area);
  if (figure === undefined) return 0;
  switch (shade) {
    case 'none':
      return 0;
    case 'online':
      return figure >= heardBelow ? 0 : Math.min(1, (heardBelow - figure) / (heardBelow - 50)) * 0.7;
    case 'index':
      return indexClasses.find(({ from }) => figure >= from)?.opacity ?? 0;
  }
}

/** A name with its figure, where there is something to say: nothing of an area that is not shaded. */
export function withFigure(shading: AreaShading, name: string, area: string): string {
  if (shadeOf(shading, area) === 0) return name;
  const figure = shading.figures.get(area);
  return shading.shade === 'online' ? `${name} ${figure}%` : `${name} ${figure}`;
}
