import { unitLevels } from '@fenghuo/contracts/words.ts';
import { expect } from 'vitest';
import type { DueItem } from './due-heap.ts';
import type { SmallEngine } from './small-engine.fixture.ts';

/** Of one lateness each level is told once, upwards, and every message has somebody who is on duty. */
export function checkChain(engine: SmallEngine): void {
  for (const { escalations } of engine.tickets) {
    const levels = escalations.map(({ level }) => unitLevels.indexOf(level));
    expect(levels).toEqual([...new Set(levels)].sort((a, b) => b - a));
  }
  for (const { people, unit } of engine.last?.messages ?? []) {
    expect(people, unit).not.toEqual([]);
    for (const id of people) expect(engine.state.duty.get(id)?.onDuty ?? true, id).toBe(true);
  }
}

/** Every due item is of something open that waits for it, and what waits has one. */
export function checkDue(engine: SmallEngine): void {
  const { alarms, tickets, holds } = engine;
  const wanted = [
    ...[...engine.state.floods.keys()].map((key) => `flood-check:${key}`),
    ...alarms.filter(({ shelf }) => shelf !== null).map(({ id }) => `unshelve:${id}`),
    ...tickets.filter(({ due, overdue }) => due !== null && !overdue).map(({ id }) => `ticket-overdue:${id}`),
    ...[...engine.state.duty.values()]
      .filter(({ until }) => until !== null)
      .map(({ person }) => `duty-ends:${person}`),
    ...holds.map(
      ({ id, kind }) => `${kind === 'building-test' ? 'end-building-test' : 'return-to-service'}:${id}`,
    ),
  ];
  const waiting = engine.incidents.filter(({ ticket }) => ticket === null).map(({ id }) => id);
  const isWait = (id: string) =>
    waiting.some((of) => id === `group-wait:${of}` || id === `unacknowledged:${of}`);
  const others = [...engine.state.due.values()].filter(
    (item) => !isWait(item.id) && !isDelay(engine, item) && !isOnItsWayUp(engine, item),
  );
  expect(others.map(({ id }) => id).sort()).toEqual(wanted.sort());
}

/** What is late, or may become so for want of an acknowledgement, is of an open case. */
function isOnItsWayUp(engine: SmallEngine, { kind, subject }: DueItem): boolean {
  if (kind === 'ticket-unacknowledged') return engine.tickets.some(({ id }) => id === subject);
  return (
    kind === 'escalate' &&
    engine.tickets.some(({ id, escalations }) => id === subject && escalations.length > 0)
  );
}

/** A delay is of a rule that has one and has not alarmed, or of a condition that stands; a planned time of what it keeps back. */
function isDelay(engine: SmallEngine, item: DueItem): boolean {
  const alarm = engine.state.alarms.get(item.subject);
  switch (item.kind) {
    case 'on-delay':
      return (
        (engine.state.rulebook.ruleOf(item.detail.rule)?.onDelayMs ?? 0) > 0 &&
        !engine.alarms.some(({ rule, run }) => rule === item.detail.rule && run === item.detail.event.run)
      );
    case 'off-delay':
      return alarm?.condition === true;
    case 'planned-end':
      return alarm?.outOfService === true || alarm?.suppressed === true;
    default:
      return false;
  }
}
