import { readFileSync } from 'node:fs';
import { readRulebook } from './rules/read-rulebook.ts';
import type { Rulebook } from './rules/rulebook.ts';

const files = ['../rulebook.yaml', '../risk-categories.yaml'];

/** The text of the rulebook that the house comes with: what is alike for a county's own one to begin from. */
export function shippedRulebookText(): string {
  return files.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('');
}

let shipped: Rulebook | null = null;

/** The rulebook that the house comes with, version 0: read once. Throws with all of its errors when somebody spoilt it. */
export function shippedRulebook(): Rulebook {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): Rulebook {
  const read = readRulebook(shippedRulebookText(), 0);
  if (read.ok) return read.rulebook;
  const errors = read.errors.map(
    ({ line, column, path, message }) => `${line}:${column} ${path} ${message.en}`,
  );
  throw new Error(`rulebook.yaml:\n${errors.join('\n')}`);
}
