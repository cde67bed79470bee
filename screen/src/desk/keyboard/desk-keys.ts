/** Every key of the desk and what it is for: the one table, by which they work and from which `?` shows them. */
export const deskKeys = [
  { id: 'next', of: 'list', keys: ['j', 'ArrowDown'] },
  { id: 'previous', of: 'list', keys: ['k', 'ArrowUp'] },
  { id: 'nextCalling', of: 'list', keys: ['u'] },
  { id: 'first', of: 'list', keys: ['Home'] },
  { id: 'unfold', of: 'list', keys: ['ArrowRight', 'l'] },
  { id: 'fold', of: 'list', keys: ['ArrowLeft', 'h'] },
  { id: 'unfoldAll', of: 'list', keys: ['*'] },
  { id: 'letIn', of: 'list', keys: ['.'] },
  { id: 'search', of: 'list', keys: ['/'] },
  { id: 'severity', of: 'list', keys: ['f'] },
  { id: 'clear', of: 'list', keys: ['c'] },
  { id: 'acknowledge', of: 'case', keys: ['a'] },
  { id: 'order', of: 'case', keys: ['d'] },
  { id: 'advance', of: 'case', keys: ['g'] },
  { id: 'falseAlarm', of: 'case', keys: ['x'] },
  { id: 'shelve', of: 'case', keys: ['s'] },
  { id: 'reset', of: 'case', keys: ['r'] },
  { id: 'intake', of: 'desk', keys: ['F2', 'n'] },
  { id: 'aside', of: 'desk', keys: ['p'] },
  { id: 'broadcasts', of: 'desk', keys: ['b'] },
  { id: 'silence', of: 'desk', keys: ['m'] },
  { id: 'sound', of: 'desk', keys: ['M'] },
  { id: 'help', of: 'desk', keys: ['?'] },
  { id: 'leave', of: 'desk', keys: ['Escape'] },
] as const satisfies readonly { id: string; of: KeyGroup; keys: readonly string[] }[];

export const keyGroups = ['list', 'case', 'desk'] as const;
type KeyGroup = (typeof keyGroups)[number];

export type DeskKey = (typeof deskKeys)[number]['id'];

/** Where in the page a key was pressed: in a field, on a button or link, or on nothing of that kind. */
export type KeyPlace = 'field' | 'button' | 'page';

interface Pressed {
  key: string;
  /** It is held down. */
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * What a key is for, null: nothing of ours. Who types, types: in a field only F2 is heard, since the telephone rings
 * whatever one is at. Enter and the space bar belong to the button in focus, and no key of ours is one of them. Caps lock
 * changes nothing. A key that is held down runs through the list, and does nothing else: it would run a case to its end.
 * Pure.
 */
export function deskKeyOf(
  { key, repeat, ctrlKey, metaKey, altKey }: Pressed,
  place: KeyPlace,
): DeskKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (place === 'field' && key !== 'F2') return null;
  const of = (wanted: string) => deskKeys.find(({ keys }) => (keys as readonly string[]).includes(wanted));
  const found = of(key) ?? (key.length === 1 ? of(key.toLowerCase()) : undefined);
  return found === undefined || (repeat && found.of !== 'list') ? null : found.id;
}
