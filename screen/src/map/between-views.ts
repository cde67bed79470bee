/** Where a camera stands: degrees and zoom level. */
export interface CameraView {
  lon: number;
  lat: number;
  zoom: number;
}

/**
 * A camera between two others, `share` of the way in time (0 to 1), slow at both ends. What the camera goes
 * to moves evenly over the screen, also while the zoom changes.
 */
export function betweenViews(from: CameraView, to: CameraView, share: number): CameraView {
  const eased = share * share * (3 - 2 * share);
  const zoom = from.zoom + (to.zoom - from.zoom) * eased;
  const shrunk = (until: number) => 1 - 2 ** (from.zoom - until);
  const flat = Math.abs(to.zoom - from.zoom) < 1e-6;
  const moved = flat ? eased : shrunk(zoom) / shrunk(to.zoom);
  return {
    lon: from.lon + (to.lon - from.lon) * moved,
    lat: from.lat + (to.lat - from.lat) * moved,
    zoom,
  };
}
