import type { EventKind, Severity } from '@fenghuo/contracts/words.ts';
import type { Raise, Response, Rule } from './rule.ts';

const minutes = 60_000;

/** A lone detector is a nuisance nine times out of ten; two of them, or a camera beside one, are a fire. */
const corroborated: readonly Raise[] = [
  { to: 'high', when: 'camera-and-detector', withinMs: 5 * minutes },
  { to: 'high', when: 'second-detector', withinMs: 5 * minutes },
];

const fire = {
  hazard: 'fire',
  severity: 'medium',
  raises: corroborated,
  latch: true,
  momentary: false,
} as const;
const supply = { hazard: 'supply', severity: 'low', raises: [], latch: false, momentary: false } as const;
const seen = { hazard: 'security', severity: 'low', raises: [], latch: false, momentary: true } as const;
/** Two cameras are not a fire by themselves; a camera and a detector are. */
const byCamera: readonly Raise[] = corroborated.filter((raise) => raise.when === 'camera-and-detector');

/** The rules in force. */
const builtInRulebook: readonly Rule[] = [
  { ...fire, id: 'smoke', kind: 'smoke', title: { zh: '火警', en: 'Fire alarm' } },
  { ...fire, id: 'heat', kind: 'heat', title: { zh: '火警', en: 'Fire alarm' } },
  {
    ...fire,
    id: 'manual-call-point',
    kind: 'manual',
    title: { zh: '手动报警', en: 'Manual call point' },
    severity: 'high',
    raises: [],
  },
  {
    ...fire,
    id: 'camera-fire',
    kind: 'camera.fire',
    title: { zh: '视频火情', en: 'Fire seen by camera' },
    raises: byCamera,
  },
  {
    ...fire,
    id: 'camera-smoke',
    kind: 'camera.smoke',
    title: { zh: '视频烟雾', en: 'Smoke seen by camera' },
    raises: byCamera,
  },
  { ...fire, id: 'gas', kind: 'gas', title: { zh: '可燃气体泄漏', en: 'Gas leak' } },
  { ...fire, id: 'co', kind: 'co', title: { zh: '一氧化碳超标', en: 'Carbon monoxide' } },
  { ...fire, id: 'person-report', kind: 'report', title: { zh: '人员报警', en: 'Reported by a person' } },
  { ...supply, id: 'water', kind: 'water', title: { zh: '水位异常', en: 'Water level abnormal' } },
  { ...supply, id: 'pressure', kind: 'pressure', title: { zh: '水压异常', en: 'Water pressure abnormal' } },
  { ...supply, id: 'current', kind: 'current', title: { zh: '电气异常', en: 'Electrical current abnormal' } },
  {
    ...seen,
    id: 'camera-intrusion',
    kind: 'camera.intrusion',
    title: { zh: '视频入侵', en: 'Intrusion seen by camera' },
  },
  {
    ...seen,
    id: 'camera-crowd',
    kind: 'camera.crowd',
    title: { zh: '人群聚集', en: 'Crowd seen by camera' },
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

const ruleByKind = new Map(builtInRulebook.map((rule) => [rule.kind, rule] as const));

/** The rule that looks at events of `kind`, if any. */
export function ruleFor(kind: EventKind): Rule | undefined {
  return ruleByKind.get(kind);
}
