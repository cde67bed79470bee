import { createHash } from 'node:crypto';

/** By which the text of a rulebook is known: SHA-256, hexadecimal. */
export function digestOfRulebook(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
