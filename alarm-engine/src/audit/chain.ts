import { createHash } from 'node:crypto';

/** One act or automatic decision, as it is kept. `detail` is JSON text: what was before, what is after. */
export interface AuditEntry {
  no: number;
  /** Engine milliseconds. */
  at: number;
  actor: string;
  role: string;
  seat: string;
  act: string;
  subject: string;
  area: string;
  run: string | null;
  reason: string;
  detail: string;
}

/** The digest before a county's first link. */
export const firstDigest = Buffer.alloc(32);

/**
 * The link of one batch: SHA-256 over the previous digest and every entry, each as a JSON array on a line of
 * its own, in the order of their numbers. A bent, missing or added entry breaks this link and all after it.
 */
export function linkDigest(previous: Buffer, entries: readonly AuditEntry[]): Buffer {
  const hash = createHash('sha256').update(previous);
  for (const entry of entries) {
    hash.update(
      `${JSON.stringify([
        entry.no,
        entry.at,
        entry.actor,
        entry.role,
        entry.seat,
        entry.act,
        entry.subject,
        entry.area,
        entry.run,
        entry.reason,
        entry.detail,
      ])}\n`,
    );
  }
  return hash.digest();
}
