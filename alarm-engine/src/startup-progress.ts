/**
 * Told what the start is doing now, in a few words for people ("making the database"), and how much of it
 * is done (0 to 1) where that is known.
 */
export type OnProgress = (doing: string, fraction?: number) => void;
