import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';

export interface StepWords {
  /** A step by its name in the ticket's workflow; while the workflow is not known here, by what it means. */
  step: (ticket: Pick<TicketRecord, 'workflow'>, step: string, stage: TicketStage) => string;
  /** A stage by the name of the workflow's first step of it. */
  stage: (ticket: Pick<TicketRecord, 'workflow'>, stage: TicketStage) => string;
}

/** What the county calls its steps 环节. */
export function useStepWords(): StepWords {
  const { t, say } = useLanguage();
  const stageWords = useStageWords();
  const workflows = useStation((station) => station.world?.workflows);
  const steps = (ref: string) => workflows?.get(ref)?.steps ?? [];
  return {
    step: ({ workflow }, id, stage) => {
      const found = steps(workflow).find((step) => step.id === id);
      return found === undefined ? t(`step.${stage}`) : say(found.name);
    },
    stage: ({ workflow }, stage) => stageWords(workflows?.get(workflow), stage),
  };
}

/** A stage by the name of a workflow's first step of it; where it has none, or is not known, by what it means. */
export function useStageWords(): (workflow: Workflow | undefined, stage: TicketStage) => string {
  const { t, say } = useLanguage();
  return (workflow, stage) => {
    const found = workflow?.steps.find((step) => step.stage === stage);
    return found === undefined ? t(`step.${stage}`) : say(found.name);
  };
}
