import { z } from 'zod';
import { areaLevels, unitLevels } from './words.ts';

/**
 * How cases were dealt with: of those opened in a period, live, by area or by the units that worked on them.
 *
 *     GET /case-figures → {@link caseFigures} of ?by=area|unit&level=&area=&from=&to=
 */
const words = z.object({ zh: z.string(), en: z.string() });

/**
 * Where a case was resolved: at the highest level that had to act, by holding its ticket while it was worked on, by being
 * told that it is late, or by coming to it when called. `local` is village, grid and team; `township` also the joint
 * station.
 */
export const resolvingLevels = ['local', 'township', 'county'] as const;
export type ResolvingLevel = (typeof resolvingLevels)[number];

/** What Wenling sets itself. */
export const levelTargets: Readonly<Record<ResolvingLevel, number>> = {
  local: 0.7,
  township: 0.2,
  county: 0.1,
};

const share = z.number().nullable();

/** A share or a median is null where there is nothing that it is of. */
export const casesDealtWith = z.object({
  opened: z.int(),
  /** Of those opened: ended by now, false alarms included; and sent back into work after their end. */
  closed: z.int(),
  falseAlarms: z.int(),
  reopened: z.int(),
  closingRate: share,
  /** Of the closed: nothing of it was ever late, also before it was handed on, sent back or opened again. */
  onTimeRate: share,
  /** Closed cases that were no false alarms, by where they were resolved, and the share of each level. */
  resolved: z.record(z.enum(resolvingLevels), z.int()),
  resolvedShares: z.record(z.enum(resolvingLevels), z.number()).nullable(),
  /** Median seconds from the opening: until somebody took it up, a team accepted it, a team was there. */
  acknowledgeMedianS: share,
  acceptMedianS: share,
  arriveMedianS: share,
  /** Of the closed that were no false alarms and went into no other case: visited after a closing; and of those, satisfied at the last visit. */
  followUpRate: share,
  satisfiedRate: share,
});
export type CasesDealtWith = z.infer<typeof casesDealtWith>;

export const caseFigures = z.object({
  from: z.number(),
  to: z.number(),
  targets: z.record(z.enum(resolvingLevels), z.number()),
  /** Areas from the county down, or units with the most cases first; those without a case are left out. */
  rows: z.array(
    casesDealtWith.extend({
      /** Code of the area, or id of the unit. */
      id: z.string(),
      level: z.enum([...areaLevels, ...unitLevels]),
      name: words,
    }),
  ),
});
export type CaseFigures = z.infer<typeof caseFigures>;
