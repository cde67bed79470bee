import type { FalseRate, RuleProposal } from '@fenghuo/contracts/alarm-performance.ts';
import type { EventKind } from '@fenghuo/contracts/words.ts';
import { falseRate } from './false-rate.ts';

/** Raises of a rule in a period, and those that were gone in a moment. */
export interface FleetingRule {
  rule: string;
  kind: EventKind;
  raises: number;
  fleeting: number;
  /** Of the fleeting ones: nine of ten are gone within it. Milliseconds. */
  lengthP90Ms: number;
}

/** How often a device raised an alarm for the third time within a minute. */
export interface ChatteringDevice {
  device: string;
  rule: string;
  kind: EventKind;
  bursts: number;
  /** Nine of ten pauses between its raises are shorter. Milliseconds. */
  pauseP90Ms: number;
}

/** Closed cases to which a rule, or a device under a rule, contributed. */
export interface ClosedCases {
  device: string | null;
  rule: string;
  kind: EventKind;
  cases: number;
  falseAlarms: number;
}

export interface Evidence {
  fleeting: readonly FleetingRule[];
  chattering: readonly ChatteringDevice[];
  closed: readonly ClosedCases[];
}

/** From so many raises of which so large a share is fleeting, a rule should wait before it believes. */
const fleetingRaises = 20;
const fleetingShare = 0.5;
/** From so many devices that chatter, it is the rule; fewer are at fault themselves. */
const chatteringDevices = 5;
/** A device that bursts less often in a period is let be. */
const burstsOfDevice = 3;
/** So large a share of its cases is false with 95 % confidence: no accident any more. */
const falseShare = 0.5;
const [falseCasesOfRule, falseCasesOfDevice] = [20, 5];

/** What might spare people alarms, the most telling of each sort first. Pure: data for somebody to decide on. */
export function proposeRules(evidence: Evidence): RuleProposal[] {
  return [
    ...onDelays(evidence.fleeting),
    ...offDelays(evidence.chattering),
    ...corroborations(evidence.closed),
    ...maintenance(evidence),
  ];
}

function onDelays(rules: readonly FleetingRule[]): RuleProposal[] {
  return rules
    .filter(({ raises, fleeting }) => raises >= fleetingRaises && fleeting / raises >= fleetingShare)
    .sort((a, b) => b.fleeting - a.fleeting)
    .map(({ rule, kind, raises, fleeting, lengthP90Ms }) => {
      const delayMs = wholeSeconds(lengthP90Ms);
      const why = {
        zh: `${raises} 次告警中 ${fleeting} 次在 10 秒内自行恢复，九成不超过 ${delayMs / 1000} 秒`,
        en: `${fleeting} of ${raises} alarms were gone by themselves within 10 s, nine of ten within ${delayMs / 1000} s`,
      };
      return { change: 'on-delay', rule, kind, why, delayMs, raises, fleeting };
    });
}

function offDelays(devices: readonly ChatteringDevice[]): RuleProposal[] {
  return [...Map.groupBy(devices, ({ rule }) => rule)]
    .filter(([, ofRule]) => ofRule.length >= chatteringDevices)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([rule, ofRule]) => {
      const delayMs = wholeSeconds(Math.max(...ofRule.map(({ pauseP90Ms }) => pauseP90Ms)));
      const why = {
        zh: `${ofRule.length} 台设备一分钟内反复报警，停顿九成不超过 ${delayMs / 1000} 秒`,
        en: `${ofRule.length} devices chatter; nine of ten pauses are within ${delayMs / 1000} s`,
      };
      return { change: 'off-delay', rule, kind: ofRule[0]!.kind, why, delayMs, devices: ofRule.length };
    });
}

function corroborations(closed: readonly ClosedCases[]): RuleProposal[] {
  return closed
    .filter(({ device }) => device === null)
    .map((each) => ({ ...each, closed: falseRate(each.falseAlarms, each.cases) }))
    .filter(({ cases, closed }) => cases >= falseCasesOfRule && closed.atLeast >= falseShare)
    .sort((a, b) => b.closed.atLeast - a.closed.atLeast)
    .map(({ rule, kind, closed }) => ({
      change: 'corroboration',
      rule,
      kind,
      why: falseWords(closed),
      closed,
    }));
}

/** A device that chatters while others of its rule do not, or whose cases are false. */
function maintenance({ chattering, closed }: Evidence): RuleProposal[] {
  const byRule = Map.groupBy(chattering, ({ rule }) => rule);
  const restless = chattering.filter(
    ({ rule, bursts }) => bursts >= burstsOfDevice && byRule.get(rule)!.length < chatteringDevices,
  );
  const found = new Map<string, Extract<RuleProposal, { change: 'maintenance' }>>();
  for (const each of closed) {
    const { device, rule, kind, cases } = each;
    const rate = falseRate(each.falseAlarms, cases);
    if (device === null || cases < falseCasesOfDevice || rate.atLeast < falseShare) continue;
    const why = falseWords(rate);
    found.set(`${device}|${rule}`, {
      change: 'maintenance',
      rule,
      kind,
      device,
      why,
      bursts: 0,
      closed: rate,
    });
  }
  for (const { device, rule, kind, bursts } of restless) {
    const known = found.get(`${device}|${rule}`);
    const words = {
      zh: `一分钟内反复报警 ${bursts} 次`,
      en: `raised its alarm for the third time within a minute, ${bursts} times`,
    };
    const why =
      known === undefined
        ? words
        : { zh: `${known.why.zh}；${words.zh}`, en: `${known.why.en}; ${words.en}` };
    const ofCases = closed.find((each) => each.device === device && each.rule === rule);
    const rate = known?.closed ?? falseRate(ofCases?.falseAlarms ?? 0, ofCases?.cases ?? 0);
    found.set(`${device}|${rule}`, { change: 'maintenance', rule, kind, device, why, bursts, closed: rate });
  }
  return [...found.values()].sort((a, b) => b.bursts - a.bursts || b.closed.atLeast - a.closed.atLeast);
}

function falseWords({ cases, falseAlarms, atLeast }: FalseRate) {
  const share = Math.floor(atLeast * 100);
  return {
    zh: `${cases} 个结案中 ${falseAlarms} 个为误报，误报率至少 ${share}%（95% 置信）`,
    en: `${falseAlarms} of ${cases} closed cases were false: at least ${share} % are (95 % confidence)`,
  };
}

/** Rules count in seconds; the next whole one covers it. */
const wholeSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000)) * 1000;
