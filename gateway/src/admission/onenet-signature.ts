import { createHash } from 'node:crypto';

/**
 * OneNET's signature of a push: base64 of MD5 over token, nonce and message, one after the other. Its strength is
 * that of a secret prefix under MD5, which nobody would choose; it is the platform's only way to say who it is.
 */
export function oneNetSignature(token: string, nonce: string, msg: string): string {
  return createHash('md5').update(token).update(nonce).update(msg).digest('base64');
}
