/** A place on the screen, in CSS pixels. */
interface Spot {
  x: number;
  y: number;
}

/** Places that lie so near to each other that they are told as one, with how many they are. */
export interface Cluster extends Spot {
  count: number;
}

/**
 * Spots by cells of a grid, each cell where its spots lie in the mean; those of fewer than `least` are left out: they are
 * drawn as they are. One pass, since there are thousands.
 */
export function clusterPlaces(spots: readonly Spot[], cell: number, least: number): Cluster[] {
  const cells = new Map<string, Cluster>();
  for (const { x, y } of spots) {
    const key = `${Math.floor(x / cell)}/${Math.floor(y / cell)}`;
    const known = cells.get(key);
    if (known === undefined) cells.set(key, { x, y, count: 1 });
    else {
      known.count++;
      known.x += (x - known.x) / known.count;
      known.y += (y - known.y) / known.count;
    }
  }
  return [...cells.values()].filter(({ count }) => count >= least).sort((a, b) => b.count - a.count);
}
