import type { DeviceType, EventKind } from '@fenghuo/contracts/words.ts';
import { floodNorm } from '../alarms/flood-control.ts';
import type { Raise, Rule } from './rule.ts';
import type { Rulebook } from './rulebook.ts';

const minutes = 60_000;
const day = 24 * 60 * minutes;

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
  stuckAfterMs: day,
} as const;
const low = { severity: 'low', raises: [], latch: false } as const;
const supply = { ...low, hazard: 'supply', momentary: false, stuckAfterMs: day } as const;
/** Cameras and people tell of the beginning and not of the end: they cannot stick. */
const seen = { ...low, hazard: 'security', momentary: true, stuckAfterMs: null } as const;
/** Two cameras are not a fire by themselves; a camera and a detector are. */
const byCamera: readonly Raise[] = corroborated.filter((raise) => raise.when === 'camera-and-detector');

const rules: readonly Rule[] = [
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
    stuckAfterMs: null,
  },
  {
    ...fire,
    id: 'camera-smoke',
    kind: 'camera.smoke',
    title: { zh: '视频烟雾', en: 'Smoke seen by camera' },
    raises: byCamera,
    stuckAfterMs: null,
  },
  { ...fire, id: 'gas', kind: 'gas', title: { zh: '可燃气体泄漏', en: 'Gas leak' } },
  { ...fire, id: 'co', kind: 'co', title: { zh: '一氧化碳超标', en: 'Carbon monoxide' } },
  {
    ...fire,
    id: 'person-report',
    kind: 'report',
    title: { zh: '人员报警', en: 'Reported by a person' },
    stuckAfterMs: null,
  },
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
  {
    ...low,
    id: 'concentrator-silent',
    kind: 'silent',
    of: 'concentrator',
    title: { zh: '集中器失联', en: 'Concentrator silent' },
    hazard: 'supervision',
    momentary: false,
    stuckAfterMs: null,
  },
];

const ruleByKind = new Map(rules.map((rule) => [rule.kind, rule] as const));
const none: readonly Rule[] = [];

/** The rulebook that the house comes with. */
export const builtInRulebook: Rulebook = {
  version: 0,
  rulesFor: (kind: EventKind, type: DeviceType) => {
    const rule = ruleByKind.get(kind);
    return rule === undefined || (rule.of !== undefined && rule.of !== type) ? none : [rule];
  },
  ruleOf: (id) => rules.find((rule) => rule.id === id),
  responses: {
    high: { opensTicket: true },
    medium: { opensTicket: true },
    low: { opensTicket: false },
  },
  flood: floodNorm,
  upkeepKinds: new Set<EventKind>(['fault', 'tamper', 'battery', 'silent', 'stuck']),
  stuckAfter: rules.flatMap(({ id, stuckAfterMs }) =>
    stuckAfterMs === null ? [] : [{ rule: id, ms: stuckAfterMs }],
  ),
};
