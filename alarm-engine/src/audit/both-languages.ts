import type { Words } from '@fenghuo/contracts/words.ts';

/** What the engine says, as one text of the record: 中文 / English. */
export function bothLanguages(said: readonly Words[]): string {
  if (said.length === 0) return '';
  return `${said.map(({ zh }) => zh).join('；')} / ${said.map(({ en }) => en).join('; ')}`;
}

/** A text of the record, in each language what it says there; what a person wrote is the same in both. Pure. */
export function inEachLanguage(text: string): Words {
  const [zh, en, ...more] = text.split(' / ');
  return en === undefined || more.length > 0 || !hasHan(zh!) ? { zh: text, en: text } : { zh: zh!, en };
}

const hasHan = (text: string) => /\p{Script=Han}/u.test(text);
