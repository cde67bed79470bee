import { type EventKind, eventKinds } from '@fenghuo/contracts/words.ts';

/** One bit a kind, so that a shelf tells without being read whether there is anything of a set of kinds. */
const bits = new Map(eventKinds.map((kind, i) => [kind, 1 << i]));

export const kindBit = (kind: EventKind): number => bits.get(kind) ?? 0;

export const kindBits = (kinds: Iterable<EventKind>): number =>
  [...kinds].reduce((all, kind) => all | kindBit(kind), 0);

export const everyKind = kindBits(eventKinds);
