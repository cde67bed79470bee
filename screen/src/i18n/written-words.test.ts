import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { zhCN } from './zh-cn.ts';

const screen = path.resolve(import.meta.dirname, '..');
const outside = (file: string) =>
  file.startsWith('i18n/') || file === 'respond/refusal-words.ts' || file === 'state/sample-records.ts';

/** A source without its comments, and without patterns, which read words and show none. */
const shownOf = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/[^\s/*][^\n/]*\/[a-z]*[,.]/g, '');

test('no view has Chinese words of its own: what people read stands in the files of the two languages', () => {
  const written = globSync('**/*.{ts,tsx}', { cwd: screen })
    .filter((file) => !file.endsWith('.test.ts') && !outside(file.replaceAll('\\', '/')))
    .filter((file) => /\p{Script=Han}/u.test(shownOf(readFileSync(path.join(screen, file), 'utf8'))));
  expect(written).toEqual([]);
});

test('every sentence is used: its key stands in a source, or what comes before a part that is filled in does', () => {
  const sources = globSync('**/*.{ts,tsx}', { cwd: screen })
    .filter((file) => !file.includes('i18n'))
    .map((file) => readFileSync(path.join(screen, file), 'utf8'))
    .join('\n');
  const isUsed = (key: string) => {
    const heads = key.split('.').map((_, i, parts) => parts.slice(0, i).join('.'));
    return (
      sources.includes(`'${key}'`) || heads.some((head) => head !== '' && sources.includes(`\`${head}.\${`))
    );
  };
  expect(keysOf(zhCN).filter((key) => !isUsed(key))).toEqual([]);
});

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}
