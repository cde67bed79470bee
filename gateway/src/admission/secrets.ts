import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Secrets of principals are random, so a keyed hash is enough to store: nobody can guess 192 bits. A
 * memory-hard hash would take half an hour on two cores when a county of 170,000 devices reconnects; this
 * takes 3 µs each.
 */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** HMAC-SHA-256 of a secret under the station's key; 32 bytes, to be stored instead of it. */
export function hashSecret(key: Uint8Array, secret: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(secret).digest();
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
