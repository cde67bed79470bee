import { type DeviceType, deviceTypes, type EventKind, eventKinds } from '@fenghuo/contracts/words.ts';
import type { BookDraft, MaintenanceDraft, RuleDraft } from './book-schema.ts';
import type { Expressions } from './expression.ts';
import type { Predicate, Rule, SeverityClause } from './rule.ts';
import type { MaintenanceWindow, Response, Rulebook } from './rulebook.ts';

interface Validated {
  draft: BookDraft;
  expressions: Expressions;
  text: string;
  version: number;
}

/** Makes of a validated book what the engine asks: rules by kind and type in a table. */
export function compileRulebook({ draft, expressions, text, version }: Validated): Rulebook {
  const predicates: Predicate[] = [];
  const compile = (of: string, path: string): Predicate => {
    const compiled = expressions.compile(of, path);
    if (!compiled.ok) throw new Error(`${path} was validated: ${compiled.message}`);
    predicates.push(compiled.predicate);
    return compiled.predicate;
  };
  const rules = draft.rules.map((rule) => compileRule(rule, compile));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const table = tableOf(rules);
  const { responses, flood } = draft;
  return {
    ...{ version, text, rules },
    rulesFor: (kind, type) => table[kind][type].rules,
    ruleOf: (id) => byId.get(id),
    judgesReadings: (kind, type) => table[kind][type].judgesReadings,
    responses: {
      high: responseOf(responses.high),
      medium: responseOf(responses.medium),
      low: responseOf(responses.low),
    },
    upkeepKinds: new Set(draft.upkeep_kinds),
    stuckAfter: rules.flatMap(({ id, stuckAfterMs }) =>
      stuckAfterMs === null ? [] : [{ rule: id, ms: stuckAfterMs }],
    ),
    supervision: draft.supervision,
    maintenance: draft.maintenance.map(maintenanceOf),
    flood: { enterAbove: flood.enter_above, exitBelow: flood.exit_below, withinMs: flood.within },
    categories: draft.categories,
    plans: draft.plans,
    failures: () =>
      predicates.flatMap(({ path, failures }) => (failures() === 0 ? [] : [{ path, count: failures() }])),
  };
}

type Compile = (text: string, path: string) => Predicate;

function compileRule(draft: RuleDraft, compile: Compile): Rule {
  const { id, title, kind, states, hazard, severity, dispatch, latch, momentary, grouping, category, tags } =
    draft;
  const predicate = (text: string | undefined, key: string) =>
    text === undefined ? null : compile(text, `rules.${id}.${key}`);
  const clauses = (key: 'raises' | 'lowers'): SeverityClause[] =>
    draft[key].map(({ to, when, because }, i) => ({
      ...{ to, because: because ?? null },
      when: compile(when, `rules.${id}.${key}.${i}.when`),
    }));
  return {
    ...{ id, title, kind, states, hazard, severity, dispatch, latch, momentary, category, tags },
    devices: draft.devices ?? null,
    when: predicate(draft.when, 'when'),
    clearWhen: predicate(draft.clear_when, 'clear_when'),
    onDelayMs: draft.for,
    offDelayMs: draft.off_delay,
    raises: clauses('raises'),
    lowers: clauses('lowers'),
    confirmedWhen: predicate(draft.confirmed_when, 'confirmed_when'),
    grouping: { by: grouping.by, nearM: grouping.near, quietMs: grouping.quiet },
    plan: draft.plan ?? null,
    stuckAfterMs: draft.stuck_after ?? null,
    shelvableForMs: draft.shelvable_for ?? null,
    inhibitedBy: draft.inhibited_by,
    activeHours: draft.active ?? null,
  };
}

interface Cell {
  rules: readonly Rule[];
  judgesReadings: boolean;
}

/** Plain objects with known keys: asked for every event of the county. */
function tableOf(rules: readonly Rule[]): Readonly<Record<EventKind, Readonly<Record<DeviceType, Cell>>>> {
  const cell = (kind: EventKind, type: DeviceType): Cell => {
    const own = rules.filter(
      (rule) => rule.kind === kind && (rule.devices === null || rule.devices.includes(type)),
    );
    return { rules: own, judgesReadings: own.some((rule) => rule.states.includes('normal')) };
  };
  return recordOf(eventKinds, (kind) => recordOf(deviceTypes, (type) => cell(kind, type)));
}

function recordOf<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}

function responseOf(draft: BookDraft['responses']['high']): Response {
  return {
    ticket: draft.ticket,
    unacknowledgedForMs: draft.unacknowledged_for ?? null,
    groupWaitMs: draft.group_wait,
  };
}

function maintenanceOf(draft: MaintenanceDraft): MaintenanceWindow {
  const { id, title, purpose, why, areas, buildings, devices, rules, weekly, from, to } = draft;
  return {
    ...{ id, title, purpose, why, scope: { areas, buildings, devices }, rules: rules ?? null },
    when: weekly === undefined ? { from: from ?? 0, to: to ?? 0 } : { weekly },
  };
}
