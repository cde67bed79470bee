/** Deepest nesting that is taken; deeper JSON is refused, since later stages walk it by recursion. */
export const deepestJson = 32;

export type JsonFault = 'nul-or-surrogate' | 'too-deep';

/**
 * True when the text of a JSON value can hide a fault that {@link inspectJson} finds: an escape (NUL and lone
 * surrogates cannot be written otherwise in valid UTF-8), or so many brackets that they may nest too deep.
 */
export function needsInspection(text: string): boolean {
  if (text.includes('\\u')) return true;
  return occurrences(text, '{', deepestJson) + occurrences(text, '[', deepestJson) > deepestJson;
}

/** How often `part` occurs in `text`, counted no further than one above `enough`. */
function occurrences(text: string, part: string, enough: number): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1 && count <= enough; at = text.indexOf(part, at + 1)) count++;
  return count;
}

/** What in a parsed JSON value could be neither stored nor walked, or null. */
export function inspectJson(value: unknown, depth = 1): JsonFault | null {
  if (typeof value === 'string') return storable(value) ? null : 'nul-or-surrogate';
  if (typeof value !== 'object' || value === null) return null;
  if (depth > deepestJson) return 'too-deep';
  for (const [key, member] of Object.entries(value)) {
    const fault = storable(key) ? inspectJson(member, depth + 1) : 'nul-or-surrogate';
    if (fault !== null) return fault;
  }
  return null;
}

/** True for a text that Postgres can hold. */
function storable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
