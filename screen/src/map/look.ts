/** What the map shows: the whole county, or the surroundings of one incident. */
export interface Look {
  incident: string | null;
  /** The incident that was followed last; it is followed once, not for ever. */
  followed: string | null;
  /** When the map returns to the county, in ms of server time. */
  until: number;
}

export const countyLook: Look = { incident: null, followed: null, until: 0 };

/** How long the map stays with a new grave incident before it returns to the county, in ms. */
export const stayMs = 30_000;

/** Where the map looks next, given the gravest high incident that is open, or null. */
export function nextLook(look: Look, gravest: string | null, now: number): Look {
  if (gravest !== null && gravest !== look.followed)
    return { incident: gravest, followed: gravest, until: now + stayMs };
  const over = look.incident !== null && (look.incident !== gravest || now >= look.until);
  return over ? { ...look, incident: null } : look;
}
