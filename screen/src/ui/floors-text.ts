/** A floor as people say it: 5, or B1 below the ground. */
export const floorName = (floor: number) => (floor < 0 ? `B${-floor}` : String(floor));

/** Floors as people say them: runs as ranges, basements with a B: `5–6`, `B1, 3`. Ascending input. */
export function floorsText(floors: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const floor of floors) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === floor - 1) run[1] = floor;
    else runs.push([floor, floor]);
  }
  return runs
    .map(([first, last]) => (first === last ? floorName(first) : `${floorName(first)}–${floorName(last)}`))
    .join(', ');
}
