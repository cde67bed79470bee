import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import type { Arrangement, Slab } from './arrange.ts';
import type { SlabLook } from './draw-building.ts';
import type { Step } from './spread.ts';
import type { Storey } from './storeys.ts';

/** Widths of edges in rem: floors of a stack lie close, and their edges must not hide their colour. */
const pulledLine = 0.11;
const stackLine = 0.045;

/**
 * How each floor is drawn, those behind first: quiet ones as a calm grey, one with an alarm in the colour of its gravest.
 * `colour` reads a token of the style, which is grey when what is shown is no longer the present.
 */
export function slabLooks(
  { stack, pulled }: Arrangement,
  storeys: readonly Storey[],
  told: readonly Step[],
  colour: (token: string) => string,
): SlabLook[] {
  const gravest = new Map<number, Severity>();
  for (const { floor, severity } of told) {
    const before = gravest.get(floor);
    if (before === undefined || compareSeverity(severity, before) < 0) gravest.set(floor, severity);
  }
  const wentOff = new Set(told.map(({ device }) => device));
  const quietOf = new Map(
    storeys.map(({ floor, devices }) => [
      floor,
      devices.filter(({ id }) => !wentOff.has(id)).map(({ spot }) => spot),
    ]),
  );
  const look = (slab: Slab, isPulled: boolean): SlabLook => {
    const severity = gravest.get(slab.floor);
    return {
      ...slab,
      line: isPulled ? pulledLine : stackLine,
      ...(severity === undefined ? quiet(colour) : alarmed(colour, severity)),
      dots: isPulled ? (quietOf.get(slab.floor) ?? []) : [],
    };
  };
  return [...stack.map((slab) => look(slab, false)), ...pulled.map((slab) => look(slab, true))];
}

const quiet = (colour: (token: string) => string) => ({
  fill: colour('--raised'),
  side: colour('--surface'),
  edge: colour('--text-3'),
});

const alarmed = (colour: (token: string) => string, severity: Severity) => ({
  fill: mix(colour(`--${severity}`), colour('--ground'), 0.32),
  side: mix(colour(`--${severity}`), colour('--ground'), 0.55),
  edge: colour(`--${severity}`),
});

/** A share of one colour over another, both `#rrggbb`. */
function mix(over: string, under: string, share: number): string {
  const channel = (text: string, i: number) => Number.parseInt(text.slice(1 + i * 2, 3 + i * 2), 16);
  const mixed = [0, 1, 2].map((i) =>
    Math.round(channel(over, i) * share + channel(under, i) * (1 - share))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mixed.join('')}`;
}
