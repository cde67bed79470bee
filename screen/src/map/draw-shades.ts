import type { View } from './alarm-marks.ts';
import type { MapName } from './draw-names.ts';

/** The township's shade on the base map, see `base-style.ts`. */
const low = '107 85 38';
/** Reach of a village in rem: villages have no borders on this map. */
const reachRem = 3.2;

/** The ground of villages whose figure is low; the figure itself stands beside the name. Not an alarm: it is as quiet as a township's. */
export function drawShades(context: CanvasRenderingContext2D, view: View, names: readonly MapName[]): void {
  const reach = reachRem * view.rem;
  for (const { lon, lat, shade } of names) {
    if (shade === 0) continue;
    const { x, y } = view.project(lon, lat);
    if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) continue;
    const ground = context.createRadialGradient(x, y, reach * 0.3, x, y, reach);
    ground.addColorStop(0, `rgb(${low} / ${shade})`);
    ground.addColorStop(1, `rgb(${low} / 0)`);
    context.fillStyle = ground;
    context.fillRect(x - reach, y - reach, reach * 2, reach * 2);
  }
}
