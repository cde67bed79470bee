/** A rulebook in which a rule has another severity. Throws when the book has no such rule, or it is so already. */
export function withSeverity(text: string, rule: string, severity: string): string {
  const changed = text.replace(
    new RegExp(`(- id: ${rule}\\n(?:(?!- id:)[^])*?severity: )\\w+`),
    (_, before: string) => before + severity,
  );
  if (changed === text) throw new Error(`rule ${rule} was not given the severity ${severity}`);
  return changed;
}

/** The shipped rulebook in which whatever smoke and heat detectors say is grave, without anything to bear it out. */
export function withGraveFires(text: string): string {
  const changed = text.replace('when: fire_cameras.others >= 1 }', 'when: fire_cameras.others >= 0 }');
  if (changed === text) throw new Error('the book raises fires by another condition now');
  return changed;
}
