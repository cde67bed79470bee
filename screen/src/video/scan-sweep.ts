import { type CameraPlaces, type CameraStates, cameraStates } from '@fenghuo/contracts/cameras.ts';

/** A camera on the map of the scan. */
export interface SweptCamera {
  lon: number;
  lat: number;
}

const live = cameraStates.indexOf('live');
const unchecked = cameraStates.indexOf('unchecked');

/**
 * What the county scan found, camera by camera, outside of React: 42,000 cameras are looked at in three minutes, and
 * who draws them looks when it draws. An answer costs one write a camera.
 */
export class ScanSweep {
  #places: CameraPlaces = {
    numbers: new Uint32Array(0),
    lons: new Float32Array(0),
    lats: new Float32Array(0),
  };
  #indices: ReadonlyMap<number, number> = new Map();
  #states: Uint8Array = new Uint8Array(0);
  #checkedAt: Uint32Array = new Uint32Array(0);

  setPlaces(places: CameraPlaces): void {
    this.#places = places;
    this.#indices = new Map(Array.from(places.numbers, (no, i) => [no, i]));
    this.#states = new Uint8Array(places.numbers.length);
    this.#checkedAt = new Uint32Array(places.numbers.length);
  }

  take({ numbers, states, checkedAt }: CameraStates): void {
    for (let i = 0; i < numbers.length; i++) {
      const index = this.#indices.get(numbers[i]!);
      if (index === undefined) continue;
      this.#states[index] = states[i]!;
      this.#checkedAt[index] = checkedAt[i]!;
    }
  }

  /** Calls with each camera that was looked at from `since` (seconds) on, or whose picture is not live. */
  each(since: number, draw: (camera: SweptCamera, found: { isNew: boolean; isLive: boolean }) => void): void {
    const { lons, lats } = this.#places;
    for (let i = 0; i < lons.length; i++) {
      const state = this.#states[i]!;
      if (state === unchecked) continue;
      const found = { isNew: this.#checkedAt[i]! >= since, isLive: state === live };
      if (found.isNew || !found.isLive) draw({ lon: lons[i]!, lat: lats[i]! }, found);
    }
  }
}
