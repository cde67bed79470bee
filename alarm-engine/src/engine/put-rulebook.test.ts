import type { PutRulebook } from '@fenghuo/contracts/commands.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';
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
    return { actor, body, engineNo: i + 1, closedCase: null };
  });
  const world = { state, registry, now: 0, timeZone: 'Asia/Shanghai' };
  return decideOn(world, { commands, events: [], due: [], firstDueNo: 0 });
}

const grave = shippedRulebook().text.replace('stuck_after: 24 h', 'stuck_after: 12 h');

test('put → sealed → reverted: the book before is in force, as if nothing had happened', () => {
  const state = new EngineState({ rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] });
  const effects = put(state, grave);
  expect(state.rulebook.version).toBe(1);
  state.seal(effects, state.positions);
  state.revert();
  expect(state.rulebook).toBe(shippedRulebook());
});

test('put → written in vain: the book before is in force', () => {
  const state = new EngineState({ rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] });
  put(state, grave);
  state.discard();
  expect(state.rulebook).toBe(shippedRulebook());
});

test('two in one batch: each is the version after the other; the same once more is refused', () => {
  const state = new EngineState({ rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] });
  const { rulebooks, answers } = put(state, grave, `${grave}# again\n`, `${grave}# again\n`);
  expect(rulebooks.map(({ version, engineNo }) => [version, engineNo])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(answers.map(({ answer }) => answer.ok)).toEqual([true, true, false]);
});

test('a newer book is stored that this program cannot read: the next one does not take its number', () => {
  const state = new EngineState({ rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] });
  state.unreadableBook = 3;
  expect(put(state, grave).rulebooks.map(({ version }) => version)).toEqual([4]);
});
