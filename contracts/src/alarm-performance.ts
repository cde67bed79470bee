import { z } from 'zod';
import { floodRecord } from './records.ts';
import { eventKinds, severities, unitLevels } from './words.ts';

/**
 * How well the alarms serve those who must act on them: figures after ISA-18.2-2016 (IEC 62682), clause 16, and EEMUA 191,
 * of what is live. An annunciation is a step of an alarm into `unacknowledged`. A room hears its township, the county's the
 * high and medium ones of all. Times are milliseconds since 1970.
 *
 *     GET /alarm-performance          → {@link alarmPerformance} of ?days=
 *     GET /alarm-performance/history  → {@link alarmHistory} of ?from=&to=&by=10min|hour
 *     GET /bad-actors                 → {@link badActors} of ?from=&to=&limit=
 *     GET /false-rates                → {@link falseRates} of ?from=&to=
 *     GET /rule-proposals             → {@link ruleProposals} of ?from=&to=
 *
 * Without `from` and `to` it is the last week.
 */
const time = z.number();
const words = z.object({ zh: z.string(), en: z.string() });
const bySeverity = z.record(z.enum(severities), z.int());

/** What the norm asks of one person's alarms: at most so many. */
export const alarmTargets = {
  perDayAcceptable: 150,
  perDayMaximum: 300,
  /** More in ten minutes are a flood; so large a share of the ten-minute periods may be. */
  perTenMinutes: 10,
  floodShare: 0.01,
  /** Alarms that stand for more than a day, on any day. */
  stale: 5,
  /** Chattering and fleeting ones. */
  nuisances: 0,
  /** Shares that priorities should have. */
  severityShares: { high: 0.05, medium: 0.15, low: 0.8 },
} as const;

export const seatPerformance = z.object({
  seat: z.string(),
  level: z.enum(unitLevels),
  name: words,
  area: z.string(),
  /** Now: annunciations in the last ten minutes, and the flood that the room is in. */
  rate: z.int(),
  flood: floodRecord.nullable(),
  /** Now: alarms that stand, those that have for more than a day, and those that chatter. */
  standing: z.int(),
  stale: z.int(),
  chattering: z.int(),
  /** Over the period. */
  annunciations: bySeverity,
  perDay: z.number(),
  /** Annunciations of the busiest ten minutes. */
  peak: z.int(),
  /** Share of the ten-minute periods in which there were more than the norm takes for a flood. */
  floodShare: z.number(),
  /** Alarms that went off and were gone within ten seconds, before anybody acted. */
  fleeting: z.int(),
  /** Median seconds from annunciation to acknowledgement; null when nobody acknowledged any. */
  acknowledgedMedianS: z.number().nullable(),
});
export type SeatPerformance = z.infer<typeof seatPerformance>;

export const alarmPerformance = z.object({
  /** The period ends now; what is said of no period is of now. */
  at: time,
  days: z.int(),
  seats: z.array(seatPerformance),
});
export type AlarmPerformance = z.infer<typeof alarmPerformance>;

/** Annunciations in a slot of time that begins at `at`. Slots without any are left out. */
export const heardSlot = z.object({ at: time, heard: bySeverity });
export type HeardSlot = z.infer<typeof heardSlot>;

export const alarmHistory = z.object({
  from: time,
  to: time,
  slotMs: z.number(),
  seats: z.array(z.object({ seat: z.string(), slots: z.array(heardSlot) })),
  /** Floods that were open in the period, the newest first. */
  floods: z.array(floodRecord),
});
export type AlarmHistory = z.infer<typeof alarmHistory>;

/**
 * How often cases turned out to be false, of those that were closed. `atLeast` and `atMost` bound the true rate with 95 %
 * confidence (Wilson): three of three is no proof.
 */
export const falseRate = z.object({
  cases: z.int(),
  falseAlarms: z.int(),
  rate: z.number().nullable(),
  atLeast: z.number(),
  atMost: z.number(),
});
export type FalseRate = z.infer<typeof falseRate>;

/** A device or a rule that speaks too much, or in vain. */
export const badActor = z.object({
  /** Id of the device or of the rule. */
  subject: z.string(),
  /** Rules whose alarms it raised; of a rule, itself. */
  rules: z.array(z.string()),
  annunciations: z.int(),
  /** Of all annunciations in the period. */
  share: z.number(),
  closed: falseRate,
});
export type BadActor = z.infer<typeof badActor>;

const ranked = z.object({ byAnnunciations: z.array(badActor), byFalseAlarms: z.array(badActor) });
export const badActors = z.object({ from: time, to: time, devices: ranked, rules: ranked });
export type BadActors = z.infer<typeof badActors>;

export const falseRates = z.object({
  from: time,
  to: time,
  rules: z.array(z.object({ rule: z.string(), closed: falseRate })),
  devices: z.array(z.object({ device: z.string(), rule: z.string(), closed: falseRate })),
});
export type FalseRates = z.infer<typeof falseRates>;

const proposal = <C extends string, D extends z.ZodRawShape>(change: C, more: D) =>
  z.object({
    change: z.literal(change),
    rule: z.string(),
    kind: z.enum(eventKinds),
    /** What was seen, in words. */
    why: words,
    ...more,
  });

/** A change that would spare people alarms. Nothing changes by it: somebody looks at its backtest and decides. */
export const ruleProposal = z.discriminatedUnion('change', [
  /** The condition must hold for so long before it is an alarm. */
  proposal('on-delay', { delayMs: z.int(), raises: z.int(), fleeting: z.int() }),
  /** The condition must be gone for so long before the alarm returns. */
  proposal('off-delay', { delayMs: z.int(), devices: z.int() }),
  /** A lone detector is not to be believed by itself: a graver severity only with a second one. */
  proposal('corroboration', { closed: falseRate }),
  /** One device is at fault, not the rule. */
  proposal('maintenance', { device: z.string(), bursts: z.int(), closed: falseRate }),
]);
export type RuleProposal = z.infer<typeof ruleProposal>;

export const ruleProposals = z.object({ from: time, to: time, proposals: z.array(ruleProposal) });
export type RuleProposals = z.infer<typeof ruleProposals>;
