import { severityColours } from '../ui/severity-shapes.ts';
import type { View } from './alarm-marks.ts';

/** A low incident of a flood, where it is. */
export interface FoldedPlace {
  lon: number;
  lat: number;
}

export interface FoldedDrawing {
  context: CanvasRenderingContext2D;
  view: View;
  /** What is shown is no longer the present: grey. */
  stale: boolean;
}

const staleColour = '#8fa0af';
/** Half the width of a mark in rem: a fifth of what a low incident has else. */
const radiusRem = 0.2;

/** Small, still marks without words, below all others: one path, since there are thousands. */
export function drawFolded({ context, view, stale }: FoldedDrawing, places: readonly FoldedPlace[]): void {
  const radius = radiusRem * view.rem;
  context.beginPath();
  for (const { lon, lat } of places) {
    const { x, y } = view.project(lon, lat);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.globalAlpha = 0.55;
  context.fillStyle = stale ? staleColour : severityColours.low;
  context.fill();
  context.globalAlpha = 1;
}
