import type { Words } from '@fenghuo/contracts/words.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { z } from 'zod';
import type { LastAct } from '../store/sql/find-last-act.ts';
import { actWords } from './case-words.ts';

interface WhoWasFirst {
  last: LastAct;
  workflows: readonly Workflow[];
  /** What whoever is told may read of the actor's name. */
  name: string;
  timeZone: string;
}

const moved = z.object({ after: z.string() });

/** Tells whoever came second who was first, where they sat, when, and what they did. Null: there are no words for it. Pure. */
export function whoWasFirst({ last, workflows, name, timeZone }: WhoWasFirst): Words | null {
  const what = whatWasDone(last, workflows);
  if (what === null) return null;
  const clock = new Date(last.at).toLocaleTimeString('sv-SE', { timeZone });
  const who = (zh: string, en: string): Words =>
    last.actor === 'engine' ? { zh, en } : { zh: name, en: name };
  const { zh, en } = who('系统', 'The system');
  const seat = last.seat === '' ? '' : `（${last.seat}）`;
  return {
    zh: `${zh}${seat}已在 ${clock} 先行办理：${what.zh}。请看过再操作`,
    en: `${en}${last.seat === '' ? '' : ` (${last.seat})`} was first, at ${clock}: ${what.en}. Look again, then act`,
  };
}

function whatWasDone({ act, detail, workflow }: LastAct, workflows: readonly Workflow[]): Words | null {
  const { data } = moved.safeParse(JSON.parse(detail));
  if (act !== 'move-ticket' || data === undefined) return actWords[act] ?? null;
  const steps = workflows.find((one) => workflowRef(one) === workflow)?.steps;
  return steps?.find(({ id }) => id === data.after)?.name ?? actWords[act]!;
}
