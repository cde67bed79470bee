/** Web mercator, the world from 0 to 1, y down. */
export const mercatorX = (lon: number) => (lon + 180) / 360;
export const mercatorY = (lat: number) =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
