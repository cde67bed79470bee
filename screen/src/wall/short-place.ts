import { widthEm } from './fit-text.ts';

const isTownship = (part: string) => /(街道|镇|乡|新区)$/.test(part);
const isVillage = (part: string) => /(村|社区| village| community)$/.test(part);

/**
 * A place in a line of so many em: all of it if it fits; else without its village, then without its township: the
 * building is what a team is sent to. What does not fit even so is cut by the style. `told`: the township stands beside it.
 * The parts stand as 新河镇 港北社区 新河卫生院 1 号楼, in English the other way round, by commas.
 */
export function shortPlace(place: string, em: number, { told = false } = {}): string {
  const between = place.includes(', ') ? ', ' : ' ';
  const parts = place.split(between);
  const township = (part: string, i: number) =>
    between === ', ' ? i > 0 && i === parts.length - 1 : isTownship(part);
  const without = (leave: (part: string, i: number) => boolean) => {
    const left = parts.filter((part, i) => !leave(part, i));
    return left.length === 0 ? place : left.join(between);
  };
  const candidates = [
    ...(told ? [] : [place, without(isVillage)]),
    without(township),
    without((part, i) => isVillage(part) || township(part, i)),
  ];
  return candidates.find((text) => widthEm(text) <= em) ?? candidates.at(-1)!;
}
