import { workflowRef } from '@fenghuo/contracts/workflow.ts';
import { expect, test } from 'vitest';
import { shippedWorkflow } from '../shipped-workflows.ts';
import type { LastAct } from '../store/sql/find-last-act.ts';
import { whoWasFirst } from './who-was-first.ts';

const { workflow } = shippedWorkflow();
const at = Date.UTC(2026, 10, 25, 3, 14, 19);
const told = (last: Partial<LastAct>) =>
  whoWasFirst({
    last: {
      ...{ at, actor: 'chen', name: '陈建国', seat: '', act: 'move-ticket', detail: '{}' },
      ...{ workflow: workflowRef(workflow), ...last },
    },
    workflows: [workflow],
    name: last.name ?? '陈建国',
    timeZone: 'Asia/Shanghai',
  });

test('a move is told by its step, with name, seat and the time of the county, in both languages', () => {
  const detail = JSON.stringify({ before: 'dispatched', after: 'accepted' });
  expect(told({ seat: '席位 2', detail })).toEqual({
    zh: '陈建国（席位 2）已在 11:14:19 先行办理：接单。请看过再操作',
    en: '陈建国 (席位 2) was first, at 11:14:19: Accepted. Look again, then act',
  });
});

test('what the engine did is told as the system’s, an act without words not at all', () => {
  expect(told({ actor: 'engine', act: 'raise-ticket' })?.zh).toBe(
    '系统已在 11:14:19 先行办理：工单升级，时限重计。请看过再操作',
  );
  expect(told({ act: 'nobody-knows' })).toBeNull();
});

test('a step of a workflow that is not in use any more: that it was moved on', () => {
  const last = { workflow: 'another@9', detail: JSON.stringify({ after: 'accepted' }) };
  expect(told(last)?.en).toBe('陈建国 was first, at 11:14:19: ticket moved on. Look again, then act');
});
