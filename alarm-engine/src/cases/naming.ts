import type { Dossier } from '@fenghuo/contracts/case.ts';
import type { TicketStage, Words } from '@fenghuo/contracts/words.ts';
import { stageWords } from './case-words.ts';

/** How a case calls the units and steps that it names by their ids. */
export interface Naming {
  unit: (id: unknown) => Words | null;
  /** The workflow's own word for a step. */
  step: (id: string, stage: TicketStage) => Words;
  /** The workflow's first step of a stage, where it has one. */
  stage: (stage: TicketStage) => Words;
}

export function namingOf({ workflow, units }: Pick<Dossier, 'workflow' | 'units'>): Naming {
  const nameOf = new Map(units.map(({ id, name }) => [id, name]));
  const { steps } = workflow;
  return {
    unit: (id) => (typeof id === 'string' ? (nameOf.get(id) ?? { zh: id, en: id }) : null),
    step: (id, stage) => steps.find((step) => step.id === id)?.name ?? stageWords[stage],
    stage: (stage) => steps.find((step) => step.stage === stage)?.name ?? stageWords[stage],
  };
}

/** What was done, about whom, and what somebody had to say about it. */
export function said(
  what: Words,
  about: Words | null,
  remarks: readonly (Words | string | null | undefined)[],
): Words {
  const text = (of: keyof Words) => {
    const told = remarks.map((remark) => (typeof remark === 'object' ? remark?.[of] : remark));
    return told.filter((remark) => remark).join(' · ');
  };
  const [zh, en] =
    about === null ? [what.zh, what.en] : [`${what.zh}（${about.zh}）`, `${what.en} (${about.en})`];
  return {
    zh: text('zh') === '' ? zh : `${zh}：${text('zh')}`,
    en: text('en') === '' ? en : `${en}: ${text('en')}`,
  };
}
