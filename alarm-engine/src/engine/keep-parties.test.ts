import type { Role } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { type ChainEngine, fire } from './chain-engine.fixture.ts';
import type { Actor } from './inputs.ts';

const person = (role: Role, unit?: string, area = '331081100'): Actor => ({
  ...{ account: `${role}-of-${unit}`, name: '', role, area },
  ...(unit === undefined ? {} : { unit }),
});

/** A fire that team U2 holds, to which team U3 is called. */
function fireOfTwo(): ChainEngine {
  const engine = fire();
  expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
  expect(engine.act({ act: 'add-party', unit: 'U3', role: 'support' })).toMatchObject({ ok: true });
  return engine;
}

/** Whether somebody may say that a called unit has come further. */
function moves(actor: Actor, unit = 'U3'): boolean {
  const engine = fireOfTwo();
  const { id: subject, version: expectedVersion } = engine.ticket;
  const body = { act: 'move-party', subject, expectedVersion, unit, to: 'on-scene' } as const;
  const answer = engine.order(body, actor);
  if (!answer.ok) expect(answer.reason).toBe('not-authorised');
  expect(engine.ticket.parties[0]?.state).toBe(answer.ok ? 'on-scene' : 'called');
  return answer.ok;
}

/** Whether somebody may call the police to that fire. */
function calls(actor: Actor): boolean {
  const engine = fireOfTwo();
  const { id: subject, version: expectedVersion } = engine.ticket;
  const body = { act: 'add-party', subject, expectedVersion, unit: 'U4', role: 'support' } as const;
  return engine.order(body, actor).ok;
}

test('who goes out says how far their own unit has come, and those under it; not another’s, and none of no unit', () => {
  for (const role of ['responder', 'grid-worker'] as const) {
    expect(moves(person(role, 'U3'))).toBe(true);
    expect(moves(person(role, 'U1'))).toBe(true);
    expect(moves(person(role, 'U2'))).toBe(false);
    expect(moves(person(role))).toBe(false);
    expect(moves(person(role, undefined, '331081'))).toBe(false);
  }
});

test('rooms say it for every unit of a case in their area', () => {
  expect(moves(person('dispatcher'))).toBe(true);
  expect(moves(person('dispatcher', 'U2'))).toBe(true);
  expect(moves(person('commander', undefined, '331081'))).toBe(true);
  expect(moves(person('dispatcher', undefined, '331081101'))).toBe(false);
  expect(moves(person('dispatcher', 'U1', '331081101'))).toBe(true);
  expect(moves(person('dispatcher', 'U2', '331081101'))).toBe(false);
});

test('who goes out calls others to a case that their unit is at, and to no other', () => {
  expect(calls(person('responder', 'U2'))).toBe(true);
  expect(calls(person('responder', 'U3'))).toBe(true);
  expect(calls(person('responder', 'U4'))).toBe(false);
  expect(calls(person('responder'))).toBe(true);
  expect(calls(person('grid-worker'))).toBe(false);
  expect(calls(person('responder', 'U4', '331081101'))).toBe(false);
});
