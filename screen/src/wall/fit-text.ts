/** Width of a text in em: a Chinese character takes one, a Latin one a little more than half, a space a quarter. */
export function widthEm(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u2e80-\uffef]/.test(character) ? 1 : /\s/.test(character) ? 0.25 : 0.58;
  return width;
}

/** Lines that a text takes at a width in em when it breaks at spaces. A longer word breaks anywhere. */
function linesOf(text: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    const w = widthEm(word);
    const next = used === 0 ? w : used + 0.3 + w;
    if (next <= width) {
      used = next;
      continue;
    }
    if (used > 0) lines++;
    lines += Math.ceil(w / width) - 1;
    used = w % width || w;
  }
  return lines;
}

/** The largest of the sizes (largest first, in rem) at which a text takes no more than `lines` lines. */
export function fitText(
  text: string,
  room: { width: number; lines: number; sizes: readonly number[] },
): number {
  const { width, lines, sizes } = room;
  return sizes.find((size) => linesOf(text, width / size) <= lines) ?? sizes.at(-1) ?? 1;
}
