import { isolated } from '@fenghuo/contracts/isolated.ts';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that may stand in HTML, in an attribute too: a scenario is written by anybody. */
export function escaped(text: string): string {
  return isolated(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
