import { severityColours } from '../ui/severity-shapes.ts';
import type { View } from './alarm-marks.ts';
import { type Cluster, clusterPlaces } from './cluster-places.ts';
import { drawHeat } from './draw-heat.ts';
import { type Box, overlap } from './place-labels.ts';

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
const text = '#eaf1f7';
const ground = '#0b0f14';
/** Half the width of a mark in rem: a fifth of what a low incident has else. */
const radiusRem = 0.2;

/** Nearer than this they are told as one, rem; from so many on. */
const clusterRem = 5;
const clusterFrom = 4;
const numberRem = 1.2;

const colourOf = (stale: boolean) => (stale ? staleColour : severityColours.low);

/** What of them is seen as one: where the flood is, at one look. */
export function foldedClusters(view: View, places: readonly FoldedPlace[]): Cluster[] {
  const spots = places.map(({ lon, lat }) => view.project(lon, lat));
  const inside = spots.filter(({ x, y }) => x >= 0 && y >= 0 && x <= view.width && y <= view.height);
  return clusterPlaces(inside, clusterRem * view.rem, clusterFrom);
}

/** Small, still marks without words over the warmth of where they are many; below all alarms, so that these are never hidden. */
export function drawFolded(
  { context, view, stale }: FoldedDrawing,
  places: readonly FoldedPlace[],
  clusters: readonly Cluster[],
): void {
  for (const cluster of clusters) drawHeat(context, cluster, view.rem, colourOf(stale));
  const radius = radiusRem * view.rem;
  context.beginPath();
  for (const { lon, lat } of places) {
    const { x, y } = view.project(lon, lat);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.globalAlpha = 0.55;
  context.fillStyle = colourOf(stale);
  context.fill();
  context.globalAlpha = 1;
}

/** The room of a cluster's number. */
export function clusterBox({ x, y, count }: Cluster, rem: number): Box {
  const w = (String(count).length * 0.6 + 0.8) * numberRem * rem;
  const h = numberRem * 1.3 * rem;
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/** Clusters whose number stands where no alarm and no name of one does: those come first. */
export function freeClusters(clusters: readonly Cluster[], rem: number, taken: readonly Box[]): Cluster[] {
  return clusters.filter((cluster) => !taken.some((box) => overlap(box, clusterBox(cluster, rem))));
}

/** How many each cluster is. */
export function drawClusterNumbers(
  context: CanvasRenderingContext2D,
  clusters: readonly Cluster[],
  rem: number,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `700 ${numberRem * rem}px Barlow, sans-serif`;
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.lineWidth = rem * 0.3;
  context.fillStyle = text;
  for (const cluster of clusters) {
    context.strokeText(String(cluster.count), cluster.x, cluster.y);
    context.fillText(String(cluster.count), cluster.x, cluster.y);
  }
}
