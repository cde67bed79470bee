import { isolated } from '@fenghuo/contracts/isolated.ts';

/** Markup that is safe as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Markup | string | number | null | readonly Piece[];

/** A page in pieces: whatever stands in the places of the template is text and shown as such, unless it is markup; it cannot turn what stands beside it. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < pieces.length ? shown(pieces[i]!) : '')).join(''));
}

function shown(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(shown).join('');
  return isolated(String(piece)).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
