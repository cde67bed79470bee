import type { Severity } from '@fenghuo/contracts/words.ts';

/** A rulebook in which a rule has another severity. Throws when the book has no such rule, or it is so already. */
export function withSeverity(text: string, rule: string, severity: Severity): string {
  const changed = text.replace(
    new RegExp(`(- id: ${rule}\\n(?:(?!- id:)[^])*?severity: )\\w+`),
    (_, before: string) => before + severity,
  );
  if (changed === text) throw new Error(`rule ${rule} was not given the severity ${severity}`);
  return changed;
}
