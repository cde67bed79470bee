import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeMarks, type MapIncident, type View } from './alarm-marks.ts';
import { clusterBox, foldedClusters, freeClusters } from './draw-folded.ts';
import { overlap } from './place-labels.ts';

const view: View = { width: 800, height: 600, rem: 16, project: (lon, lat) => ({ x: lon, y: lat }) };
const fire = (id: number, { lon, lat }: { lon: number; lat: number }): MapIncident => ({
  ...{ id: `I-${id}`, lon, lat, severity: 'high', drill: false, unacknowledged: true, openedAt: 0 },
  place: '',
});

test('a flood of low incidents around fires: no number of a cluster touches a high mark, and each high one is counted', () => {
  const place = fc.record({ lon: fc.integer({ min: 0, max: 800 }), lat: fc.integer({ min: 0, max: 600 }) });
  const places = (maxLength: number) => fc.array(place, { maxLength });
  fc.assert(
    fc.property(places(200), places(12), (low, high) => {
      const fires = high.map((at, i) => fire(i, at));
      const marks = arrangeMarks(fires, view);
      const taken = marks.map(({ x, y, size }) => ({ x: x - size, y: y - size, w: size * 2, h: size * 2 }));
      for (const cluster of freeClusters(foldedClusters(view, low), view.rem, taken))
        for (const box of taken) expect(overlap(box, clusterBox(cluster, view.rem))).toBe(false);
      expect(marks.reduce((sum, { moreHigh }) => sum + 1 + moreHigh, 0)).toBe(high.length);
    }),
  );
});
