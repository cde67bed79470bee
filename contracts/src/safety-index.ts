import { z } from 'zod';
import { rulebookFault } from './rulebook.ts';
import { areaLevels } from './words.ts';

/**
 * The safety index 平安指数, 0 to 100, of each area, with what it is made of; computed at most once a minute, of what is live.
 *
 *     GET /safety-index → {@link safetyIndex} of ?level=county|township|village&area=
 *     GET /safety-index/values → {@link indexValues}, of the same question, for a map of seven hundred areas
 */
const words = z.object({ zh: z.string(), en: z.string() });

/** How a figure is to be read: a share, or a number as it is. */
export const figureShows = ['percent', 'number'] as const;

export const indexPart = z.object({
  id: z.string(),
  title: words,
  /** Of 1, when no part is left out. */
  weight: z.number(),
  show: z.enum(figureShows),
  /** The figures that score 0 and 100. */
  worst: z.number(),
  best: z.number(),
});
export type IndexPart = z.infer<typeof indexPart>;

export const partScore = z.object({
  id: z.string(),
  /** Null, with `missing`: there is nothing to tell it from, and the weights of the others have grown. */
  figure: z.number().nullable(),
  score: z.number().nullable(),
  /** As it counted; the weights of an area that has a value add up to 1. */
  weight: z.number(),
  missing: words.nullable(),
});
export type PartScore = z.infer<typeof partScore>;

export const areaIndex = z.object({
  area: z.string(),
  level: z.enum(areaLevels),
  name: words,
  /** Null: every part is left out. */
  value: z.number().nullable(),
  parts: z.array(partScore),
  /** What the figures are told from, by name. */
  facts: z.record(z.string(), z.number()),
});
export type AreaIndex = z.infer<typeof areaIndex>;

export const safetyIndex = z.object({
  /** When it was computed, ms since 1970. */
  at: z.number(),
  periodMs: z.number(),
  parts: z.array(indexPart),
  areas: z.array(areaIndex),
  /** Why the county's own file is not what counts; empty: it is, or there is none. */
  faults: z.array(rulebookFault),
});
export type SafetyIndex = z.infer<typeof safetyIndex>;

/** Nothing but the figures. */
export const indexValues = z.object({
  at: z.number(),
  /** By area; null as in {@link areaIndex}. */
  values: z.record(z.string(), z.number().nullable()),
});
export type IndexValues = z.infer<typeof indexValues>;
