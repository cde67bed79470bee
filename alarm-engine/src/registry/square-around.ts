const metresADegree = 111_320;
const halfM = 10;

/** Outline of a building of which nobody drew one: 20 m a side, counter-clockwise. */
export function squareAround(lon: number, lat: number): [lon: number, lat: number][] {
  const north = halfM / metresADegree;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return [
    [lon - east, lat - north],
    [lon + east, lat - north],
    [lon + east, lat + north],
    [lon - east, lat + north],
  ];
}
