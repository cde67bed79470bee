import type { EventKind, Severity } from '@fenghuo/contracts/words.ts';
import type { Raise, Response, Rule } from './rule.ts';

const minutes = 60_000;

/** A lone detector is a nuisance nine times out of ten; two of them, or a camera beside one, are a fire. */
const corroborated: readonly Raise[] = [
  { to: 'high', when: 'camera-and-detector', withinMs: 5 * minutes },
  { to: 'high', when: 'second-detector', withinMs: 5 * minutes },
];

/** The rules in force. */
const builtInRulebook: readonly Rule[] = [
  {
    id: 'fire-detector',
    title: { zh: '火警', en: 'Fire alarm' },
    kinds: ['smoke', 'heat'],
    hazard: 'fire',
    severity: 'medium',
    raises: corroborated,
    latch: true,
  },
  {
    id: 'manual-call-point',
    title: { zh: '手动报警', en: 'Manual call point' },
    kinds: ['manual'],
    hazard: 'fire',
    severity: 'high',
    raises: [],
    latch: true,
  },
  {
    id: 'camera-fire',
    title: { zh: '视频火情', en: 'Fire seen by camera' },
    kinds: ['camera.fire', 'camera.smoke'],
    hazard: 'fire',
    severity: 'medium',
    raises: [{ to: 'high', when: 'camera-and-detector', withinMs: 5 * minutes }],
    latch: true,
  },
  {
    id: 'gas-leak',
    title: { zh: '可燃气体泄漏', en: 'Gas leak' },
    kinds: ['gas', 'co'],
    hazard: 'fire',
    severity: 'medium',
    raises: [{ to: 'high', when: 'second-detector', withinMs: 10 * minutes }],
    latch: true,
  },
  {
    id: 'person-report',
    title: { zh: '人员报警', en: 'Reported by a person' },
    kinds: ['report'],
    hazard: 'fire',
    severity: 'medium',
    raises: corroborated,
    latch: true,
  },
  {
    id: 'fire-protection-supply',
    title: { zh: '消防设施异常', en: 'Fire protection supply abnormal' },
    kinds: ['water', 'current', 'pressure'],
    hazard: 'supply',
    severity: 'low',
    raises: [],
    latch: false,
  },
  {
    id: 'camera-security',
    title: { zh: '视频安防', en: 'Seen by camera' },
    kinds: ['camera.intrusion', 'camera.crowd'],
    hazard: 'security',
    severity: 'low',
    raises: [],
    latch: false,
  },
];

/** What each severity sets in motion. */
export const responses: Record<Severity, Response> = {
  high: { opensTicket: true },
  medium: { opensTicket: true },
  low: { opensTicket: false },
};

/** Kinds that are work for upkeep 维保 and never an alarm. */
export const upkeepKinds: ReadonlySet<EventKind> = new Set<EventKind>(['fault', 'tamper', 'battery']);

const ruleByKind = new Map(
  builtInRulebook.flatMap((rule) => rule.kinds.map((kind) => [kind, rule] as const)),
);

/** The rule that looks at events of `kind`, if any. */
export function ruleFor(kind: EventKind): Rule | undefined {
  return ruleByKind.get(kind);
}
