/** A text as it is compared: width and case put aside, spaces and marks left out. 牧屿社区 １２ 号楼 is 牧屿社区12号楼. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Z}\p{P}\p{S}\p{C}]+/gu, '');
}

/** Words of a typed text, each plain: all of them are wanted. A number begins a word: 牧屿12号楼 is 牧屿 and 12号楼. */
export function plainWords(text: string): string[] {
  return text
    .split(/[\p{Z},，、;；]+|(?<=\D)(?=\d)/u)
    .map(plainText)
    .filter((word) => word !== '');
}

/** What ends the name of a place in Chinese addresses; the name before it is what people say. */
const suffix = /(街道|社区|小区|工业区|市场|号楼|[镇乡村路街巷弄幢栋号楼厂店])/u;

/** Too common to tell a place by. */
const common = new Set([
  'the',
  'and',
  'of',
  'street',
  'road',
  'building',
  'village',
  'town',
  'block',
  'room',
]);

/**
 * What of a place's name a caller would say: names without their kind (牧屿), numbers with it (12号楼), English words of
 * three letters on, numbers of buildings.
 */
export function addressTokens(place: string): string[] {
  const plain = place.normalize('NFKC').toLowerCase();
  const chinese = (
    plain.match(/[\p{Script=Han}\d]+(?:\s+(?=[\d号幢栋楼]))?[\p{Script=Han}\d\s]*/gu) ?? []
  ).flatMap((run) => chineseTokens(run.replace(/\s+/g, '')));
  const english = (plain.match(/[a-z]{3,}/g) ?? []).filter((word) => !common.has(word));
  const tokens = [...chinese, ...english].map(plainText).filter((token) => token.length >= 2);
  return [...new Set(tokens)];
}

function chineseTokens(run: string): string[] {
  const parts = run.split(suffix);
  const tokens: string[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const name = parts[i] ?? '';
    if (/\d$/.test(name)) {
      const number = /\d+$/.exec(name)![0];
      tokens.push(`${number}${parts[i + 1] ?? ''}`, name.slice(0, -number.length));
    } else tokens.push(name);
  }
  return tokens.filter((token) => token.length >= 2);
}
