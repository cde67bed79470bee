import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');

/** Tokens of a rule, by name; those that name another token lead to its value. */
function tokensOf(selector: string): Map<string, string> {
  const body = css.split(`\n${selector} {`)[1]?.split('\n}')[0] ?? '';
  return new Map(
    [...body.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
  );
}

const live = tokensOf(':root');
const stale = new Map([...live, ...tokensOf('.stale')]);

function hexOf(tokens: ReadonlyMap<string, string>, name: string): string {
  const value = tokens.get(name) ?? '';
  return value.startsWith('var(--') ? hexOf(tokens, value.slice(6, -1)) : value;
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(tokens: ReadonlyMap<string, string>, text: string, ground: string): number {
  const [a, b] = [luminance(hexOf(tokens, text)), luminance(hexOf(tokens, ground))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ['ground', 'surface', 'raised', 'high-ground'];
const texts = ['text', 'text-2', 'high', 'medium', 'low', 'light-blue', 'light-yellow', 'light-red'];
const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ['text-3', 'ground'] as const,
  ['text-3', 'surface'] as const,
];

test.each(pairs)('%s on %s has a contrast of 4.5 : 1 or more, live and stale', (text, ground) => {
  expect(contrast(live, text, ground)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(stale, text, ground)).toBeGreaterThanOrEqual(4.5);
});
