import type { ScanSweep } from '../video/scan-sweep.ts';
import type { View } from './alarm-marks.ts';

/** How long a camera that was looked at is lit, in seconds: what comes between two questions, and a little. */
const litSeconds = 4;

const quiet = '#a9b8c6';

export interface SweepDrawing {
  context: CanvasRenderingContext2D;
  view: View;
  /** Server time in ms. */
  now: number;
}

/** The scan over the county: bright where it is, and a cross for each camera without a live picture. Not an alarm: no colour. */
export function drawSweep({ context, view, now }: SweepDrawing, sweep: ScanSweep): void {
  const size = 0.16 * view.rem;
  context.beginPath();
  context.fillStyle = quiet;
  sweep.each(now / 1_000 - litSeconds, ({ lon, lat }, { isNew, isLive }) => {
    const { x, y } = view.project(lon, lat);
    if (x < 0 || y < 0 || x > view.width || y > view.height) return;
    if (isNew) context.fillRect(x - size, y - size, size * 2, size * 2);
    if (isLive) return;
    context.moveTo(x - size * 1.6, y - size * 1.6);
    context.lineTo(x + size * 1.6, y + size * 1.6);
    context.moveTo(x + size * 1.6, y - size * 1.6);
    context.lineTo(x - size * 1.6, y + size * 1.6);
  });
  context.strokeStyle = quiet;
  context.lineWidth = 0.1 * view.rem;
  context.stroke();
}
