import { widthEm } from './fit-text.ts';

const isTownship = (part: string) => /(街道|镇|乡|新区)$/.test(part);
const isVillage = (part: string) => /(村|社区| village| community)$/.test(part);

/** A place in its parts: 新河镇 港北社区 新河卫生院 1 号楼, or in English the other way round, by commas. */
function partsOf(place: string): {
  parts: string[];
  join: string;
  isOf: { township: (i: number) => boolean };
} {
  const english = place.includes(', ');
  const parts = place.split(english ? ', ' : ' ');
  const township = (i: number) => (english ? i > 0 && i === parts.length - 1 : isTownship(parts[i] ?? ''));
  return { parts, join: english ? ', ' : ' ', isOf: { township } };
}

/**
 * A place in a line of so many em: all of it if it fits; else without its village, then without its township: the
 * building is what a team is sent to. What does not fit even so is cut by the style. `told`: the township stands beside it.
 */
export function shortPlace(place: string, em: number, { told = false } = {}): string {
  const { parts, join, isOf } = partsOf(place);
  const without = (leave: (part: string, i: number) => boolean) => {
    const left = parts.filter((part, i) => !leave(part, i));
    return left.length === 0 ? place : left.join(join);
  };
  const candidates = [
    ...(told ? [] : [place]),
    ...(told ? [] : [without(isVillage)]),
    without((_, i) => isOf.township(i)),
    without((part, i) => isVillage(part) || isOf.township(i)),
  ];
  return candidates.find((text) => widthEm(text) <= em) ?? candidates.at(-1)!;
}
