/** FNV-1a, 32 bits, of pixels. Two pictures that collide are taken for one: once in four thousand million. */
export function pictureHash(pixels: Uint8ClampedArray): number {
  let hash = 0x811c9dc5;
  for (const value of pixels) hash = Math.imul(hash ^ value, 0x01000193);
  return hash;
}
