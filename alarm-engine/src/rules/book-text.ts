import type { Words } from '@fenghuo/contracts/words.ts';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';

/** What is wrong with a book, and where; line and column count from 1. */
export interface BookError {
  line: number;
  column: number;
  /** Such as `rules.smoke.raises.0.when`; empty for the whole. */
  path: string;
  message: Words;
}

export type Path = readonly PropertyKey[];

/** Aliases that a book may use in all: each may stand for a part that holds others. */
const maxAliasCount = 1000;

/** The YAML of a book: its data, and where each part of it stands. */
export class BookText {
  /** Null while there are {@link syntaxErrors}. */
  readonly data: unknown;
  readonly syntaxErrors: BookError[];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.syntaxErrors = this.#document.errors.map(({ pos, message }) => this.#syntaxError(pos[0], message));
    this.data = this.syntaxErrors.length > 0 ? null : this.#read();
  }

  /** Throws nothing: too many aliases are an error of the book like any other. */
  #read(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount });
    } catch (error) {
      this.syntaxErrors.push(this.#syntaxError(0, error instanceof Error ? error.message : String(error)));
      return null;
    }
  }

  #syntaxError(offset: number, message: string): BookError {
    return {
      ...this.#placeOf(offset),
      path: '',
      message: { zh: `YAML 语法错误：${message}`, en: `is no YAML: ${message}` },
    };
  }

  /** An error at a path, or at the nearest part that there is; `at` counts characters in a text that stands there. */
  errorAt(path: Path, message: Words, at: number | null = null): BookError {
    const node = this.#nodeAt(path);
    return { ...this.#placeIn(node, at), path: this.#pathWords(path), message };
  }

  /** An error at the key itself, such as one that nobody knows. */
  errorAtKey(path: Path, key: string, message: Words): BookError {
    const map = this.#nodeAt(path);
    const pair = isMap(map)
      ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const at = isPair(pair) && isNode(pair.key) ? pair.key : map;
    return { ...this.#placeIn(at, null), path: this.#pathWords([...path, key]), message };
  }

  #nodeAt(path: Path): Node | null {
    let node: Node | null = this.#document.contents;
    for (const step of path) {
      const next = this.#resolved(node);
      const child = isCollection(next) ? next.get(step, true) : undefined;
      if (!isNode(child)) return next;
      node = child;
    }
    return this.#resolved(node);
  }

  #resolved(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.#document) ?? node) : node;
  }

  #placeIn(node: Node | null, at: number | null): { line: number; column: number } {
    const start = node?.range?.[0] ?? 0;
    return isScalar(node) && at !== null ? this.#placeInScalar(node, start, at) : this.#placeOf(start);
  }

  /** Exact in a text on one line and in a literal block; a folded one is shown at its head. */
  #placeInScalar(scalar: Scalar, start: number, at: number): { line: number; column: number } {
    const head = this.#placeOf(start);
    const text = String(scalar.value);
    switch (scalar.type) {
      case 'QUOTE_DOUBLE':
      case 'QUOTE_SINGLE':
        return { line: head.line, column: head.column + 1 + at };
      case 'BLOCK_LITERAL': {
        const row = text.slice(0, at).split('\n').length;
        const written = this.#lineAt(head.line + row).length - (text.split('\n')[row - 1] ?? '').length;
        return { line: head.line + row, column: written + at - text.lastIndexOf('\n', at - 1) };
      }
      case 'BLOCK_FOLDED':
        return head;
      default:
        return { line: head.line, column: head.column + at };
    }
  }

  #lineAt(line: number): string {
    const start = this.#lines.lineStarts[line - 1] ?? this.#text.length;
    const end = this.#text.indexOf('\n', start);
    return this.#text.slice(start, end < 0 ? this.#text.length : end);
  }

  #placeOf(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Parts of a list are named by their id, where they have one. */
  #pathWords(path: Path): string {
    return path
      .map((step, i) => {
        if (typeof step !== 'number') return String(step);
        const part = this.#nodeAt(path.slice(0, i + 1));
        const id = isMap(part) ? (part.get('id') ?? part.get('code')) : undefined;
        return typeof id === 'string' ? id : String(step);
      })
      .join('.');
  }
}
