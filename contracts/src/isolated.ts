/** Characters that turn the direction of the text after them (UAX #9, 2.1 to 2.4): no name needs one, and one alone has a line read backwards. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside, as it is kept. Pure. */
export const withoutTurning = (text: string) => text.replaceAll(turning, '');

/** What is written from right to left, Hebrew to Arabic with their presentation forms, and what turns. */
const unusual =
  /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name, so that it cannot turn the words and numbers beside it, wherever it is put in: what is written from right to left
 * stands between FSI and PDI (UAX #9, 2.4.2). Pure, and the same when done twice.
 */
export function isolated(text: string): string {
  if (!unusual.test(text)) return text;
  const plain = withoutTurning(text);
  return unusual.test(plain) ? `\u2068${plain}\u2069` : plain;
}
