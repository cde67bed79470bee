import { z } from 'zod';

/**
 * Pairing a wall without a keyboard, by the device flow of RFC 8628 in JSON: the wall asks for a code and shows it, a
 * person with the right `pair-wall` enters it at a desk, the wall has its session with the next poll.
 *
 *     POST   /wall-pairings                  → 201 {@link wallCode}; 429 when this address has too many under way
 *     POST   /wall-pairings/poll             {@link wallPoll} → WhoAmI and the session cookie; 400 with the `error` of
 *                                            RFC 8628 §3.5: `authorization_pending`, `slow_down`, `expired_token`
 *     GET    /wall-pairings/{code}           → {@link wallAsking}: who asks, before one approves
 *     POST   /wall-pairings/{code}/approve   {@link wallApproval} → 204
 *     GET    /walls                          → {@link wallList} of the asker's area
 *     POST   /walls/{account}/unpair         → 204; its sessions and sockets end at once
 */

/** Letters of a code that is read aloud: no vowels, so that it makes no words (RFC 8628 §6.1). */
export const codeLetters = 'BCDFGHJKLMNPQRSTVWXZ';
export const codeLength = 8;

/** A code as somebody types it, without its hyphen, in capitals; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return letters.length === codeLength && [...letters].every((one) => codeLetters.includes(one))
    ? letters
    : null;
}

export const wallCode = z.object({
  deviceCode: z.string(),
  /** As it is shown: two fours with a hyphen. */
  userCode: z.string(),
  /** Path of the page where it is entered. */
  verificationPath: z.string(),
  expiresInS: z.int(),
  /** Seconds between two polls at least; 5 more after each `slow_down`. */
  intervalS: z.int(),
});
export type WallCode = z.infer<typeof wallCode>;

export const wallPoll = z.strictObject({ deviceCode: z.string().min(1).max(128) });

export const wallAsking = z.object({
  /** Network address from which the wall asked. */
  address: z.string(),
  askedAt: z.number(),
  /** Areas for which the asker may approve it, the widest first. */
  areas: z.array(z.object({ code: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })),
});
export type WallAsking = z.infer<typeof wallAsking>;

export const wallApproval = z.strictObject({
  /** Where it hangs, for people. */
  name: z.string().trim().min(1).max(60),
  area: z.string().regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area'),
});
export type WallApproval = z.infer<typeof wallApproval>;

export const wallList = z.object({
  walls: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      area: z.string(),
      pairedBy: z.string(),
      pairedAt: z.number(),
      /** It has a session: false once it is unpaired, or when it was off for too long. */
      paired: z.boolean(),
    }),
  ),
});
export type WallList = z.infer<typeof wallList>;
