import { createHash } from 'node:crypto';
import type { AuditEntry } from './chain.ts';

/** A payload that can be erased behind its digest: the record holds the digest, a table beside it the rest. */
export interface PersonalPayload {
  digest: Buffer;
  /** 16 random bytes, erased with the payload: a telephone number could be guessed from a bare digest. */
  salt: Buffer;
  /** JSON text. */
  payload: string;
}

/** SHA-256 over salt and payload: what the record holds in its place. */
export function personalDigest({ salt, payload }: Pick<PersonalPayload, 'salt' | 'payload'>): Buffer {
  return createHash('sha256').update(salt).update(payload).digest();
}

/** An entry before it is sealed: `personal` is JSON text of what concerns a person, null when there is none. */
export type UnsealedEntry = AuditEntry & { personal: string | null };

/** Moves what is personal out of the entry, leaving its digest in `detail.personal`. Pure: the salt is passed in. */
export function sealPersonal(
  { personal, ...entry }: UnsealedEntry,
  newSalt: () => Buffer,
): { entry: AuditEntry; kept: PersonalPayload | null } {
  if (personal === null) return { entry, kept: null };
  const salt = newSalt();
  const digest = personalDigest({ salt, payload: personal });
  const detail = JSON.stringify({ ...JSON.parse(entry.detail), personal: digest.toString('hex') });
  return { entry: { ...entry, detail }, kept: { digest, salt, payload: personal } };
}
