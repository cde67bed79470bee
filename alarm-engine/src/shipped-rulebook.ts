import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRulebook } from './rules/read-rulebook.ts';
import type { Rulebook } from './rules/rulebook.ts';

const file = path.resolve(import.meta.dirname, '../rulebook.yaml');
let shipped: Rulebook | null = null;

/** The rulebook that the house comes with, version 0: read once. */
export function shippedRulebook(): Rulebook {
  if (shipped !== null) return shipped;
  const read = readRulebook(readFileSync(file, 'utf8'), 0);
  if (!read.ok) throw new Error(`the shipped rulebook is faulty: ${JSON.stringify(read.errors)}`);
  shipped = read.rulebook;
  return shipped;
}
