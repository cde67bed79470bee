import { z } from 'zod';
import { alarmRecord } from './records.ts';
import { isDeviceId } from './topics.ts';
import { alarmStates, eventKinds, reportedStates, severities } from './words.ts';

/**
 * What was, `/api/v1/history`: of the viewer's area, newest first. Times are milliseconds since 1970.
 *
 *     GET /history/events       ?{@link eventHistoryQuery}      → {@link eventHistoryPage}
 *     GET /history/alarms       ?{@link alarmHistoryQuery}      → {@link alarmHistoryPage}
 *     GET /history/transitions  ?{@link transitionHistoryQuery} → {@link transitionHistoryPage}
 *     GET /history/rollups      ?{@link rollupQuery}            → {@link rollupTable}
 *
 * Absent filters select everything, except that without `run` only what is live is told. A filter that a route does
 * not know is refused. `area` is a code with which the codes inside begin; events are of the area in which their
 * device is now, alarms and their steps of the one it was in.
 */
const time = z.coerce.number('milliseconds since 1970').int().min(-1e14).max(1e14);

const places = {
  device: z.string().refine(isDeviceId, 'the id of a device').optional(),
  building: z.string().min(1).max(64).optional(),
  area: z
    .string()
    .regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area')
    .optional(),
  kind: z.enum(eventKinds).optional(),
  /** The drill. */
  run: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'the id of a drill')
    .optional(),
};

const page = {
  /** From this time on, and before that one. */
  from: time.optional(),
  to: time.optional(),
  /** The `next` of the page before. */
  before: z
    .string()
    .regex(/^-?\d{1,15}(:[A-Za-z0-9._:-]{1,80})$/, 'the `next` of a page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/**
 * The time of an event is that of its device, or of its receipt where the device told none or an odd one (more than a
 * month behind or a day ahead). Without `to`, nothing that lies more than a day ahead.
 */
export const eventHistoryQuery = z.strictObject({
  ...places,
  state: z.enum(reportedStates).optional(),
  ...page,
});
export type EventHistoryQuery = z.infer<typeof eventHistoryQuery>;

/** By when they were raised. `severity` and `state` are as they now are. */
export const alarmHistoryQuery = z.strictObject({
  ...places,
  severity: z.enum(severities).optional(),
  state: z.enum(alarmStates).optional(),
  ...page,
});
export type AlarmHistoryQuery = z.infer<typeof alarmHistoryQuery>;

/** `state` is the one that a step led to, `severity` that of the alarm after it. */
export const transitionHistoryQuery = z.strictObject({
  ...places,
  alarm: z.string().min(1).max(64).optional(),
  severity: z.enum(severities).optional(),
  state: z.enum(alarmStates).optional(),
  ...page,
});
export type TransitionHistoryQuery = z.infer<typeof transitionHistoryQuery>;

export const historyEvent = z.object({
  /** Engine number: the order in which it was taken. */
  no: z.int(),
  device: z.string(),
  area: z.string().nullable(),
  building: z.string().nullable(),
  /** By which it is ordered and found. */
  time: z.number(),
  /** As the device told it; null: it told none. */
  deviceTime: z.number().nullable(),
  receivedAt: z.number(),
  kind: z.enum(eventKinds),
  state: z.enum(reportedStates),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  attrs: z.record(z.string(), z.unknown()).nullable(),
  run: z.string().nullable(),
  late: z.boolean(),
  /** The device's clock was off. */
  skewed: z.boolean(),
  retained: z.boolean(),
});
export type HistoryEvent = z.infer<typeof historyEvent>;

/**
 * A page may be short, even empty, before the end: what took too long to look through is left to the next one.
 * `next` is null at the end only.
 */
export const eventHistoryPage = z.object({ events: z.array(historyEvent), next: z.string().nullable() });
export type EventHistoryPage = z.infer<typeof eventHistoryPage>;

export const alarmHistoryPage = z.object({ alarms: z.array(alarmRecord), next: z.string().nullable() });
export type AlarmHistoryPage = z.infer<typeof alarmHistoryPage>;

export const historyTransition = alarmRecord
  .pick({ run: true, device: true, rule: true, kind: true, area: true, building: true, severity: true })
  .extend({
    no: z.int(),
    at: z.number(),
    alarm: z.string(),
    version: z.int(),
    /** Null: the alarm is new. */
    from: z.enum(alarmStates).nullable(),
    to: z.enum(alarmStates),
    why: z.string(),
    /** Account, or `engine`. */
    actor: z.string(),
  });
export type HistoryTransition = z.infer<typeof historyTransition>;

export const transitionHistoryPage = z.object({
  transitions: z.array(historyTransition),
  next: z.string().nullable(),
});
export type TransitionHistoryPage = z.infer<typeof transitionHistoryPage>;

/** What a rollup can be told apart by; `severity` and `rule` are of alarms, `kind` and `state` of events. */
export const rollupParts = ['area', 'kind', 'state', 'rule', 'severity'] as const;
export type RollupPart = (typeof rollupParts)[number];

const partsOf = { events: ['area', 'kind', 'state'], alarms: ['area', 'rule', 'severity'] };

/**
 * Counts by hour of events, or of alarms raised, a minute behind; by whole townships, so an account of a village sees
 * none. `by` names what they are told apart by, with commas. A day is one of the county.
 */
export const rollupQuery = z
  .strictObject({
    of: z.enum(['events', 'alarms']),
    step: z.enum(['hour', 'day', 'whole']).default('hour'),
    by: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(rollupParts)).max(3))
      .optional(),
    from: time,
    to: time,
    area: places.area,
    run: places.run,
  })
  .refine(({ of, by = [] }) => by.every((part) => partsOf[of].includes(part)), {
    path: ['by'],
    message: 'area, kind and state of events; area, rule and severity of alarms',
  });
export type RollupQuery = z.infer<typeof rollupQuery>;

/** `at` is where the hour or day begins, null of the whole. At most {@link mostRollupRows}: ask for less, else 400. */
export const rollupTable = z.object({
  rows: z.array(
    z.object({
      at: z.number().nullable(),
      area: z.string().optional(),
      kind: z.enum(eventKinds).optional(),
      state: z.enum(reportedStates).optional(),
      rule: z.string().optional(),
      severity: z.enum(severities).optional(),
      count: z.int(),
    }),
  ),
});
export type RollupTable = z.infer<typeof rollupTable>;
export const mostRollupRows = 10_000;
