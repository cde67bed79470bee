import type { PlacedCone } from './arrange-cones.ts';

/** Length of a view in rem, and the size of its number. */
const lengthRem = 2.6;
const numberRem = 1.05;

const quiet = '#a9b8c6';
const ground = '#0b0f14';

/** What cameras look at, each with the number of its tile. They are no alarms: no colour. */
export function drawCones(
  context: CanvasRenderingContext2D,
  cones: readonly PlacedCone[],
  rem: number,
): void {
  for (const { x, y, cone } of cones) drawView(context, { x, y }, cone, rem);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `700 ${numberRem * rem}px Barlow, sans-serif`;
  for (const { number, cone } of cones) drawNumber(context, number, cone.number, rem);
}

function drawView(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  { heading, fieldOfView }: { heading: number; fieldOfView: number },
  rem: number,
): void {
  const towards = ((heading - 90) * Math.PI) / 180;
  const half = (Math.min(170, Math.max(20, fieldOfView)) * Math.PI) / 360;
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, lengthRem * rem, towards - half, towards + half);
  context.closePath();
  context.fillStyle = 'rgb(169 184 198 / 0.28)';
  context.fill();
  context.strokeStyle = quiet;
  context.lineWidth = 0.08 * rem;
  context.stroke();
}

function drawNumber(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  number: number,
  rem: number,
): void {
  const half = numberRem * rem * 0.65;
  context.fillStyle = quiet;
  context.fillRect(x - half, y - half, half * 2, half * 2);
  context.fillStyle = ground;
  context.fillText(String(number), x, y + rem * 0.06);
}
