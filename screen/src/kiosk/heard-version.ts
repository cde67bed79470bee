/**
 * Whether a page that nobody tends should load itself anew, given which screen the server had to give out when the
 * page began to listen (null: not heard yet), and which one it has now (null: it is being built).
 */
export function heardVersion(
  held: string | null,
  heard: string | null,
): { held: string | null; reload: boolean } {
  if (heard === null) return { held, reload: false };
  return { held: held ?? heard, reload: held !== null && heard !== held };
}
