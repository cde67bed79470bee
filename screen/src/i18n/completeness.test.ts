import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

interface Texts {
  readonly [key: string]: string | Texts;
}

/** Every sentence with its dotted key. */
function sentences(texts: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : sentences(value, `${prefix}${key}.`),
  );
}

const chinese = sentences(zhCN);
const english = sentences(en);
/** English alone has a form of its own for one of a kind, beside the sentence for all other numbers. */
const forOne = english.filter(([key]) => key.endsWith('_one'));
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

test('both languages have the same keys, none empty', () => {
  const forAny = english.filter((sentence) => !forOne.includes(sentence));
  expect(forAny.map(([key]) => key).sort()).toEqual(chinese.map(([key]) => key).sort());
  expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('both languages fill in the same values', () => {
  const inEnglish = new Map(english);
  const differing = chinese.filter(
    ([key, text]) => `${holes(text)}` !== `${holes(inEnglish.get(key) ?? '')}`,
  );
  expect(differing).toEqual([]);
});

test('a sentence for one stands beside that for many, and fills in the same', () => {
  const inEnglish = new Map(english);
  for (const [key, text] of forOne)
    expect([key, holes(text)]).toEqual([key, holes(inEnglish.get(key.replace(/_one$/, '')) ?? '')]);
});

test('no English sentence holds a Chinese character, save the name of the other language', () => {
  const left = english.filter(([key, text]) => key !== 'language.other' && /\p{Script=Han}/u.test(text));
  expect(left).toEqual([]);
});

test('no Chinese sentence holds an English word, save names', () => {
  const names = /GSHHG|GB\/T|WebGL|English|CSV|GeoJSON|WGS-84|GCJ-02|BD-09/g;
  const words = (text: string) => text.replace(/\{\{\w+\}\}/g, '').replace(names, '');
  expect(chinese.filter(([, text]) => /[A-Za-z]{2,}/.test(words(text)))).toEqual([]);
});
