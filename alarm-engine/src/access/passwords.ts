import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id as the OWASP password storage cheat sheet words its minimum: 19 MiB, 2 passes, 1 lane. 12 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** PHC string of a password, with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password is the hashed one. False for a hash that is none. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password).catch(() => false);
}

/** A hash that no password meets: it makes a guess at an unknown account take as long as at a known one. */
let nobodysHash: Promise<string> | null = null;
export function hashOfNobody(): Promise<string> {
  nobodysHash ??= hashPassword(newPassword());
  return nobodysHash;
}

const consonants = 'bdfghjkmnprstvwz';
const vowels = 'aeiou';
const syllables = 9;

/** A new password that can be read over the phone: `vonaki-tamigo-pelura`, 80⁹ of them, 56 bits. */
export function newPassword(): string {
  const sounds = Array.from({ length: syllables }, () => {
    return `${consonants[randomInt(consonants.length)]}${vowels[randomInt(vowels.length)]}`;
  });
  return [0, 3, 6].map((from) => sounds.slice(from, from + 3).join('')).join('-');
}
