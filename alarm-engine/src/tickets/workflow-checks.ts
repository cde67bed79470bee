import { severities, type TicketStage, ticketStages, type Words } from '@fenghuo/contracts/words.ts';
import type { WorkflowStep } from '@fenghuo/contracts/workflow.ts';
import type { Path } from '../rules/book-text.ts';
import type { WorkflowDraft } from './workflow-schema.ts';

/** What is wrong with how the parts of a workflow go together. */
export interface Flaw {
  path: Path;
  message: Words;
}

/** What nobody could mean, or, where there is nothing of that, all that a ticket could get stuck in. */
export function checkWorkflow(draft: WorkflowDraft): Flaw[] {
  const flaws = [
    ...repeatedSteps(draft.steps),
    ...first(draft.steps),
    ...stagesInOrder(draft.steps),
    ...draft.steps.flatMap((step, i) => movesOfStep(draft.steps, step, i)),
    ...severities.flatMap((severity) => deadlines(draft, severity)),
    ...reopening(draft),
  ];
  return flaws.length > 0 ? flaws : reach(draft);
}

const order = (stage: TicketStage) => ticketStages.indexOf(stage);

function repeatedSteps(steps: readonly WorkflowStep[]): Flaw[] {
  return steps.flatMap(({ id }, i) =>
    steps.findIndex((step) => step.id === id) < i
      ? [
          {
            path: ['steps', i, 'id'],
            message: { zh: '与前面环节的 id 相同', en: 'is the id of an earlier step, too' },
          },
        ]
      : [],
  );
}

function first(steps: readonly WorkflowStep[]): Flaw[] {
  return steps[0]?.stage === 'received'
    ? []
    : [
        {
          path: ['steps', 0, 'stage'],
          message: {
            zh: '应为 received：工单从第一个环节开始',
            en: 'is not received: a ticket opens at the first step',
          },
        },
      ];
}

function stagesInOrder(steps: readonly WorkflowStep[]): Flaw[] {
  return steps.flatMap(({ stage }, i) => {
    const before = steps[i - 1];
    return before === undefined || order(before.stage) <= order(stage)
      ? []
      : [
          {
            path: ['steps', i, 'stage'],
            message: {
              zh: `应在 ${before.stage} 之前：环节按阶段的先后排列`,
              en: `comes before ${before.stage}: the steps stand in the order of their stages`,
            },
          },
        ];
  });
}

function movesOfStep(steps: readonly WorkflowStep[], step: WorkflowStep, i: number): Flaw[] {
  const ending = step.stage === 'closed' || step.stage === 'false-alarm';
  if (ending && step.moves.length > 0)
    return [
      {
        path: ['steps', i, 'moves'],
        message: {
          zh: `${step.stage} 已结束工单，不能再有去向，见 reopen`,
          en: `is not for ${step.stage}, which ends a ticket: see reopen`,
        },
      },
    ];
  if (!ending && step.moves.length === 0)
    return [
      {
        path: ['steps', i],
        message: {
          zh: '没有去向：只有 closed 与 false-alarm 能结束工单',
          en: 'leads nowhere: only closed and false-alarm end a ticket',
        },
      },
    ];
  return step.moves.flatMap((_, j) => {
    const flaw = flawOfMove(steps, step, i, j);
    return flaw === null ? [] : [{ path: ['steps', i, 'moves', j, flaw.key], message: flaw.message }];
  });
}

function flawOfMove(
  steps: readonly WorkflowStep[],
  step: WorkflowStep,
  from: number,
  j: number,
): { key: string; message: Words } | null {
  const { to, kind } = step.moves[j]!;
  const target = steps.findIndex(({ id }) => id === to);
  if (target < 0)
    return { key: 'to', message: { zh: '本流程没有这个环节', en: 'names no step of this workflow' } };
  if (step.moves.findIndex((move) => move.to === to) < j)
    return { key: 'to', message: { zh: '本环节已有这个去向', en: 'is a move of this step already' } };
  const isFalse = steps[target]!.stage === 'false-alarm';
  if (isFalse !== (kind === 'false-alarm'))
    return {
      key: 'to',
      message: {
        zh: 'kind: false-alarm 只能通向 false-alarm 阶段，也只有它能通向',
        en: 'kind: false-alarm leads to the stage false-alarm, and nothing else does',
      },
    };
  if (kind === 'forward' && target <= from)
    return { key: 'to', message: { zh: '是往回走：请写 kind: return', en: 'leads back: say kind: return' } };
  if (kind === 'return' && target >= from)
    return { key: 'to', message: { zh: '是往前走，不是退回', en: 'leads on, and not back' } };
  return null;
}

/** No dead step, and an end from every step, for each severity. */
function reach({ steps, severities: owed }: WorkflowDraft): Flaw[] {
  const isFirst = (i: number) => i === 0;
  const led = (to: string) =>
    steps.some(({ moves }) => moves.some((move) => move.to === to && move.kind !== 'return'));
  const dead = steps.flatMap(({ id }, i) =>
    isFirst(i) || led(id)
      ? []
      : [
          {
            path: ['steps', i],
            message: { zh: '走不到：没有去向通向它', en: 'is dead: no move leads on to it' },
          },
        ],
  );
  const supervised = Object.values(owed).some((severity) => severity.supervised);
  const stuck = steps.flatMap((step, i) =>
    endsFrom(steps, step, supervised, new Set())
      ? []
      : [
          {
            path: ['steps', i],
            message: { zh: '走不到 closed 阶段，工单不能结束', en: 'reaches no end of stage closed' },
          },
        ],
  );
  return [...dead, ...stuck];
}

/** Whether a ticket can be closed from a step; a supervised one closes out of supervision only. */
function endsFrom(
  steps: readonly WorkflowStep[],
  step: WorkflowStep,
  supervised: boolean,
  seen: Set<string>,
): boolean {
  if (step.stage === 'closed' || step.stage === 'false-alarm') return true;
  seen.add(step.id);
  return step.moves.some(({ to, kind }) => {
    const next = steps.find(({ id }) => id === to);
    if (next === undefined || kind === 'false-alarm' || seen.has(to)) return false;
    if (supervised && next.stage === 'closed' && step.stage !== 'supervision') return false;
    return endsFrom(steps, next, supervised, seen);
  });
}

function deadlines({ steps, severities: owed }: WorkflowDraft, severity: keyof typeof owed): Flaw[] {
  const path = ['severities', severity, 'deadlines'];
  const flaws: Flaw[] = [];
  let before = 0;
  for (const { stage, withinMs } of owed[severity].deadlines) {
    if (!steps.some((step) => step.stage === stage))
      flaws.push({
        path: [...path, stage],
        message: { zh: '本流程没有这个阶段的环节', en: 'is the stage of no step of this workflow' },
      });
    if (withinMs < before)
      flaws.push({
        path: [...path, stage],
        message: { zh: '时限早于前面的阶段', en: 'is due before a stage that comes first' },
      });
    before = withinMs;
  }
  return flaws;
}

function reopening({ steps, reopen }: WorkflowDraft): Flaw[] {
  if (reopen === null) return [];
  const path = ['reopen', 'to'];
  const step = steps.find(({ id }) => id === reopen.to);
  if (step === undefined)
    return [{ path, message: { zh: '本流程没有这个环节', en: 'names no step of this workflow' } }];
  return step.moves.length === 0
    ? [{ path, message: { zh: '已结束工单，不能重开到这里', en: 'ends a ticket' } }]
    : [];
}
