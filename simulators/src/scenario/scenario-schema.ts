import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import { buildingUses, deviceTypes, reportedKinds, reportedStates } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { growths } from '../fire-model/growth.ts';
import { bound, count, distance, duration, many, oneOf, period, positive, share, words } from './amounts.ts';

/**
 * A scenario as it is written. Unknown keys are errors: a misspelt one would be a story that does not happen. Every key
 * is in docs/scenarios.md. Times are ms, distances metres.
 */
const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    bothWays({ zh: '只能用小写字母、数字和连字符', en: 'is not of small letters, digits and hyphens' }),
  );

function atMost(most: number): string {
  return bothWays({ zh: `最多 ${most}`, en: `is above ${most}` });
}

/** The highest tower is lower. */
const mostFloors = 200;

/** A building, by its id or by what it is like; of several that fit, the seed draws one. */
const place = z.strictObject({
  building: z.string().min(1).optional(),
  use: oneOf(buildingUses).optional(),
  floors_from: many.optional(),
  floors_to: many.optional(),
  detectors_from: many.optional(),
  /** Code of a township or village that it lies in. */
  area: z
    .string()
    .regex(/^\d{6,12}$/, bothWays({ zh: '应为区划代码', en: 'is no area code' }))
    .optional(),
  /** Name of another place, in another township than which it lies. */
  township_other_than: name.optional(),
  /** Name of another place, and how far from it at most. */
  near: name.optional(),
  within: distance.optional(),
});
export type Place = z.output<typeof place>;

/** Devices: all that fit, in an order that the seed draws, and of these as many as are said. */
const crowd = z.strictObject({
  types: z.array(oneOf(deviceTypes)).min(1).optional(),
  device: z.string().min(1).optional(),
  place: name.optional(),
  /** Everything in the village, or the township, that a place lies in. */
  village_of: name.optional(),
  township_of: name.optional(),
  area: z
    .string()
    .regex(/^\d{6,12}(-\d{2,3})?$/)
    .optional(),
  /** At most so many devices, or this part of them. */
  count: many.optional(),
  share: share.optional(),
  /** Only of so many buildings. */
  buildings: many.optional(),
});
export type Crowd = z.output<typeof crowd>;

const fire = z.strictObject({
  in: name,
  /** Floor of the room of origin; left out, the seed draws one. */
  floor: z.int().optional(),
  growth: oneOf(growths),
  /** What can burn in one room. kW. */
  peak_kw: positive.default(3000),
  /** Volume of a room. m³. */
  room_m3: positive.default(60),
  smoulders: duration.default(20_000),
  door: z.strictObject({ after: duration.default(20_000), passes: share.default(0.4) }).prefault({}),
  stairs: z.strictObject({ after: duration.default(45_000), passes: share.default(0.5) }).prefault({}),
  /** The fire itself takes the next floor so long after the one below; `floors` in all. */
  spreads: z.strictObject({ every: duration, floors: many.max(mostFloors, atMost(mostFloors)) }).optional(),
  neighbours: z
    .strictObject({
      within: distance.default(80),
      after: duration.default(120_000),
      passes: share.default(0.05),
      most: many.default(4),
    })
    .optional(),
  call_point: z.strictObject({ after: duration }).optional(),
  cameras: z
    .strictObject({
      within: distance.default(120),
      sees: share.default(0.6),
      from_kw: positive.default(250),
      after: z.tuple([duration, duration]).default([5_000, 40_000]),
      most: many.default(3),
    })
    .optional(),
  out_after: duration,
});
export type FireStory = z.output<typeof fire>;

const noReading = bothWays({ zh: '应为数，或 [从, 到]', en: 'is neither a number nor [from, to]' });

const says = {
  kind: oneOf(reportedKinds).optional(),
  state: oneOf(reportedStates).default('normal'),
  value: z.union([z.number(), z.tuple([z.number(), z.number()])], { error: noReading }).optional(),
  unit: z.string().max(32).optional(),
  attrs: z.record(z.string().max(32), z.json()).optional(),
  /** Whether an alarm is expected of it; left out, of the state `alarm` of what is a hazard. */
  expects: oneOf(['alarm', 'nothing']).optional(),
};

const speak = z.strictObject({
  who: crowd,
  over: duration.default(0),
  ...says,
  returns_after: duration.optional(),
});
export type SpeakStory = z.output<typeof speak>;

const readings = z.strictObject({ who: crowd.prefault({}), rate: positive, for: duration });
export type ReadingsStory = z.output<typeof readings>;

const heartbeats = z.strictObject({ who: crowd, every: period, for: duration });
export type HeartbeatsStory = z.output<typeof heartbeats>;

const chatter = z.strictObject({ who: crowd, every: period, times: many, ...says });
export type ChatterStory = z.output<typeof chatter>;

const offline = z.strictObject({
  who: crowd,
  over: duration.default(0),
  /** Part that still can say that its supply is gone. */
  last_gasp: share.default(0),
  back_after: duration.optional(),
});
export type OfflineStory = z.output<typeof offline>;

const hostileActs = ['garbage', 'giant', 'replayed', 'forged'] as const;
export type HostileAct = (typeof hostileActs)[number];
const hostile = z.strictObject({
  /** The device whose secret was stolen. */
  as: crowd,
  does: z.array(oneOf(hostileActs)).min(1),
  times: many.max(10_000, atMost(10_000)).default(10),
  over: duration.default(5_000),
});
export type HostileStory = z.output<typeof hostile>;

export const stories = ['fire', 'speak', 'readings', 'heartbeats', 'chatter', 'offline', 'hostile'] as const;

const moment = z
  .strictObject({
    at: duration.default(0),
    /** Goes into a drill of its own. */
    drill: z.boolean().default(false),
    fire: fire.optional(),
    speak: speak.optional(),
    readings: readings.optional(),
    heartbeats: heartbeats.optional(),
    chatter: chatter.optional(),
    offline: offline.optional(),
    hostile: hostile.optional(),
  })
  .refine(
    (given) => stories.filter((story) => given[story] !== undefined).length === 1,
    bothWays({
      zh: `每一项恰好写一个：${stories.join('、')}`,
      en: `must have exactly one of ${stories.join(', ')}`,
    }),
  );
export type Moment = z.output<typeof moment>;

const expected = z.union(
  [
    count.transform((exactly) => ({ at_least: exactly, at_most: exactly })),
    z
      .strictObject({
        at_least: count.default(0),
        at_most: count.default(Number.MAX_SAFE_INTEGER),
      })
      .refine(
        ({ at_least: least, at_most: most }) => least <= most,
        bothWays({ zh: 'at_least 大于 at_most', en: 'has an at_least above its at_most' }),
      ),
  ],
  {
    error: bothWays({
      zh: '应为整数，或 { at_least: …, at_most: … }',
      en: 'is neither a whole number nor { at_least: …, at_most: … }',
    }),
  },
);

/** What is counted in the database after the run, beside the alarms, which the stories themselves foretell. */
export const expectations = [
  'alarms',
  'incidents',
  'tickets',
  'messages',
  'opening_messages',
  'upkeep',
  'quarantined',
  'refused',
] as const;
export type Expectation = (typeof expectations)[number];

/** Counts that are nothing in a run that is as it should be. */
export const faultBudgets = ['lost', 'duplicated', 'missed', 'false', 'unheard', 'forged'] as const;
export const legs = ['puback', 'alarm', 'ticket', 'screen'] as const;
export type Leg = (typeof legs)[number];
export const quantiles = ['p50', 'p95', 'p99', 'max'] as const;
export type Quantile = (typeof quantiles)[number];

const timeBudgets = Object.fromEntries(
  legs.flatMap((leg) => quantiles.map((quantile) => [`${leg}_${quantile}`, bound.optional()])),
) as Record<`${Leg}_${Quantile}`, z.ZodOptional<typeof bound>>;

const budgets = z.strictObject({
  lost: count.default(0),
  duplicated: count.default(0),
  missed: count.default(0),
  false: count.default(0),
  forged: count.default(0),
  unheard: count.optional(),
  drained: bound.optional(),
  ...timeBudgets,
});
export type Budgets = z.output<typeof budgets>;

const bookTime = z
  .string()
  .regex(/^\d+(\.\d+)? (s|min|h|d)$/, bothWays({ zh: '应为时间，例如 30 s', en: 'is no time such as 30 s' }));

const station = z.strictObject({
  estate: z
    .strictObject({
      detectors: many.max(1_000_000, atMost(1_000_000)).default(2000),
      cameras: count.max(1_000_000, atMost(1_000_000)).default(200),
      buildings: many.max(30_000, atMost(30_000)).default(200),
    })
    .prefault({}),
  /** Times of the rulebook that are shorter than in earnest, so that a test of minutes meets them. */
  rulebook: z
    .strictObject({
      supervision: z.partialRecord(oneOf(deviceTypes), bookTime).default({}),
      stuck_after: bookTime.optional(),
    })
    .prefault({}),
});
export type StationWish = z.output<typeof station>;

export const scenarioSchema = z.strictObject({
  name,
  title: words,
  about: words.optional(),
  seed: z.union([z.string().min(1), z.int().transform(String)]).default('fenghuo'),
  /** Nothing is published after it. */
  duration,
  /** What is waited after the last acknowledgement for what the engine does by its clock. */
  settle: duration.default(3_000),
  connections: many.max(10_000, atMost(10_000)).default(10),
  window: many.max(1_000, atMost(1_000)).default(20),
  /** Part of all messages that are sent twice, and connections cut each second. */
  redeliver: share.default(0),
  cuts_per_second: z.number().min(0).default(0),
  station: station.prefault({}),
  places: z.record(name, place).default({}),
  timeline: z.array(moment).min(1, bothWays({ zh: '至少应有一项', en: 'has nothing that happens' })),
  expect: z
    .strictObject(
      Object.fromEntries(expectations.map((one) => [one, expected.optional()])) as Record<
        Expectation,
        z.ZodOptional<typeof expected>
      >,
    )
    .default({}),
  budgets: budgets.prefault({}),
});
export type Scenario = z.output<typeof scenarioSchema>;
