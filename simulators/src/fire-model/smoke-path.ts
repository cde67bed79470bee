/** A place that smoke may come to, seen from a room that burns. */
export interface Spot {
  floor: number;
  room: string | null;
  /** From the room of origin, along the plane. Metres. */
  metres: number;
}

/** A door or a flight of stairs: smoke is held up by so much, and so much of it comes through. */
export interface Passage {
  afterMs: number;
  passes: number;
}

export interface Passages {
  door: Passage;
  stairs: Passage;
}

/** Front of a smoke layer along a corridor, m/s. */
const corridorMs = 0.3;
/** What sinks into the floor below, against what rises into the one above. */
const sinks = 0.1;

/**
 * How smoke comes from a room of one floor to a spot: at once and whole within the room; through the door and along
 * the corridor on the floor; up the stairs, flight by flight; one floor down late and thin; further down not at all.
 */
export function smokePath(from: Spot, to: Spot, { door, stairs }: Passages): Passage | null {
  const flights = to.floor - from.floor;
  if (flights === 0 && to.room === from.room) return { afterMs: 0, passes: 1 };
  const along = (to.metres / corridorMs) * 1000;
  if (flights === 0) return { afterMs: door.afterMs + along, passes: door.passes };
  if (flights > 0)
    return {
      afterMs: door.afterMs + along + flights * stairs.afterMs,
      passes: door.passes * stairs.passes ** flights,
    };
  if (flights < -1) return null;
  return {
    afterMs: 2 * (door.afterMs + stairs.afterMs) + along,
    passes: door.passes * stairs.passes * sinks,
  };
}
