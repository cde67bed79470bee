import type { Cluster } from './cluster-places.ts';

/** Reach of the warmth of a cluster in rem, and how it grows from so many on with what it stands for, up to twice. */
const heat = { rem: 2.6, from: 4 };

/** The warmth of where many are, below all marks. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  { x, y, count }: Cluster,
  rem: number,
  colour: string,
): void {
  const reach = heat.rem * rem * Math.min(2, 1 + Math.log10(count / heat.from));
  const warmth = context.createRadialGradient(x, y, 0, x, y, reach);
  warmth.addColorStop(0, colour);
  warmth.addColorStop(1, 'rgb(0 0 0 / 0)');
  context.globalAlpha = 0.35;
  context.fillStyle = warmth;
  context.fillRect(x - reach, y - reach, reach * 2, reach * 2);
  context.globalAlpha = 1;
}
