import { createHash } from 'node:crypto';
import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import { type DialectName, dialectPrefixes } from './dialect.ts';

/** Which registered device a foreign name means. The alarm engine knows; the gateway asks for each report. */
export interface ForeignIdentities {
  /** Null: nobody said so. */
  deviceOf(dialect: DialectName, entity: string): string | null;
}

const longestReadable = 64;
const hashLength = 8;

/** The registered device, else the id under which it can be registered and waits for adoption. */
export function deviceIdOf(identities: ForeignIdentities, dialect: DialectName, entity: string): string {
  return identities.deviceOf(dialect, entity) ?? adoptionId(dialect, entity);
}

/**
 * An id that says where the device comes from, such as `z2m:kitchen`; levels of a name become colons. What cannot
 * stand in an id is replaced, and then a hash of the name follows, so that two names never become one device; also
 * where a name has colons of its own.
 */
function adoptionId(dialect: DialectName, entity: string): string {
  const prefix = `${dialectPrefixes[dialect]}:`;
  const plain = `${prefix}${entity.replaceAll('/', ':')}`;
  if (!entity.includes(':') && isDeviceId(plain)) return plain;
  const hash = createHash('sha256').update(entity).digest('hex').slice(0, hashLength);
  const readable = entity.toWellFormed().replace(/[^\p{L}\p{N}._:-]+/gu, '-');
  const room = longestReadable - prefix.length - hashLength - 1;
  return `${prefix}${readable.slice(0, room).toWellFormed().replaceAll('\ufffd', '')}-${hash}`;
}
