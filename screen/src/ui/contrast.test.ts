import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nameLooks, nameOutline } from '../map/draw-names.ts';

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

const folders = ['wall', 'map', 'building', 'video'];
const sheets = folders.flatMap((folder) => {
  const at = path.join(import.meta.dirname, '..', folder);
  return readdirSync(at)
    .filter((name) => name.endsWith('.css'))
    .map((name) => [`${folder}/${name}`, readFileSync(path.join(at, name), 'utf8')] as const);
});

/** Rules that colour a text, by their selectors, with the ground that they put below it, if they do. */
const coloured = sheets.flatMap(([name, sheet]) =>
  [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector, body]) => {
    const text = body!.match(/(?:^|[\s;])color: ([^;]+);/)?.[1];
    const below = body!.match(/[\s;]background(?:-color)?: ([^;]+);/)?.[1];
    return text === undefined || text === 'inherit' || text === 'transparent'
      ? []
      : [[`${name} ${selector!.replaceAll(/\s+/g, ' ').trim()}`, text, below] as const];
  }),
);

/** The token's name; a colour that is written out stands for itself. */
const named = (value: string) => value.match(/^var\(--([\w-]+)\)$/)?.[1];

test('the sheets of the wall are read', () => {
  expect(coloured.length).toBeGreaterThan(40);
});

test.each(coloured.filter(([selector]) => !selector.includes('watermark')))(
  '%s: its text is told from what is below it, live and stale',
  (_, text, below) => {
    const token = named(text);
    expect(token).toBeDefined();
    const ground = named(below ?? '');
    const grounds = ground === undefined ? ['ground', 'surface'] : [ground];
    for (const tokens of [live, stale])
      for (const one of grounds) expect(contrast(tokens, token!, one)).toBeGreaterThanOrEqual(4.5);
  },
);

test('names on the map are told from the outline around them', () => {
  const outlines = new Map([
    ['outline', nameOutline],
    ...Object.entries(nameLooks).map(([kind, { colour }]) => [kind, colour] as const),
  ]);
  for (const kind of Object.keys(nameLooks))
    expect(contrast(outlines, kind, 'outline')).toBeGreaterThanOrEqual(4.5);
});
