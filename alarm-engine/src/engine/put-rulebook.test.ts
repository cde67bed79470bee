import type { PutRulebook } from '@fenghuo/contracts/commands.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { decideOn } from './decide-on.ts';
import { EngineState } from './engine-state.ts';
import type { Actor } from './inputs.ts';

const actor: Actor = { account: 'admin', name: '', role: 'administrator', area: '331081' };
const registry = new Registry({ code: '331081', name: { zh: '', en: '' }, casePrefix: 'WL', demo: true });

function put(state: EngineState, ...texts: string[]) {
  const commands = texts.map((text, i) => {
    const body: PutRulebook = {
      ...{ id: String(i), seat: '', reason: '', act: 'put-rulebook', subject: 'rulebook' },
      ...{ text, basedOn: null },
    };
    return { actor, body, engineNo: i + 1 };
  });
  const world = { state, registry, now: 0, timeZone: 'Asia/Shanghai' };
  return decideOn(world, { commands, events: [], due: [], firstDueNo: 0 });
}

const shipped = shippedRulebook();
const another = `${shipped.text}# another\n`;

test('put → sealed → reverted: the book before is in force, as if nothing had happened', () => {
  const state = new EngineState(shipped);
  const effects = put(state, another);
  expect(state.rulebook.version).toBe(1);
  state.seal(effects, state.positions);
  state.revert();
  expect(state.rulebook).toBe(shipped);
});

test('put → written in vain: the book before is in force', () => {
  const state = new EngineState(shipped);
  put(state, another);
  state.discard();
  expect(state.rulebook).toBe(shipped);
});

test('two in one batch: each is the version after the other; the same once more is refused', () => {
  const state = new EngineState(shipped);
  const { rulebooks, answers } = put(state, another, `${another}# again\n`, `${another}# again\n`);
  expect(rulebooks.map(({ version, engineNo }) => [version, engineNo])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(answers.map(({ answer }) => answer.ok)).toEqual([true, true, false]);
});
