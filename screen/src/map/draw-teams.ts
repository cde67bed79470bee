import type { View } from './alarm-marks.ts';

/** Somebody of a team, where they said to be. */
export interface TeamMark {
  id: string;
  lon: number;
  lat: number;
  /** Server ms. */
  at: number;
  name: string;
}

export interface TeamDrawing {
  context: CanvasRenderingContext2D;
  rem: number;
  /** Server time in ms. */
  now: number;
  view: View;
  /** What is shown is no longer the present: grey. */
  stale: boolean;
}

const text = '#eaf1f7';
const ground = '#0b0f14';
const staleColour = '#8fa0af';
/** A position this old is drawn hollow: the team may be elsewhere by now. */
const oldMs = 30_000;

/** Teams on the move: a white pennant with the name beside it. Quiet, and told from every alarm by its form. */
export function drawTeams({ context, rem, now, view, stale }: TeamDrawing, teams: readonly TeamMark[]): void {
  for (const { lon, lat, at, name } of teams) {
    const { x, y } = view.project(lon, lat);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const colour = stale ? staleColour : text;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x, y - rem * 1.7);
    context.lineTo(x + rem * 1.3, y - rem * 1.25);
    context.lineTo(x, y - rem * 0.8);
    context.lineJoin = 'round';
    context.strokeStyle = ground;
    context.lineWidth = rem * 0.4;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = rem * 0.15;
    context.stroke();
    context.fillStyle = now - at > oldMs ? ground : colour;
    context.fill();
    writeName({ context, rem, colour }, name, { x: x + rem * 1.5, y: y - rem * 1.25 });
  }
}

function writeName(
  { context, rem, colour }: { context: CanvasRenderingContext2D; rem: number; colour: string },
  name: string,
  at: { x: number; y: number },
): void {
  context.font = `500 ${rem * 1.1}px Barlow, "Noto Sans SC", sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.strokeStyle = ground;
  context.lineWidth = rem * 0.35;
  context.strokeText(name, at.x, at.y);
  context.fillStyle = colour;
  context.fillText(name, at.x, at.y);
}
