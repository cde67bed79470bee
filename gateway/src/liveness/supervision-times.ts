/**
 * A device is quiet at this share of its supervision time. When a link dies and the first device behind it falls
 * silent, all the others have been unheard for at least their time less one interval, which is more; those behind
 * a link that lives have been heard within one interval, which is less.
 */
export const quietShare = 1 / 2;

/** A link is down when so many of the devices behind it are quiet at once, and it has at least {@link fewest}. */
export const downShare = 0.8;
export const fewest = 3;
