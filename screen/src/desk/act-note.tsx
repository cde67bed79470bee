import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import { type Translate, useLanguage } from '../i18n/language.ts';
import type { ActState } from './use-act.ts';

/** What became of an act, in words. Says nothing while there is nothing to say. */
export function ActNote({ act }: { act: ActState }) {
  const { t, say } = useLanguage();
  return (
    <p className="act-note" role="status" data-state={act.state}>
      {words(act, t, say)}
    </p>
  );
}

function words(act: ActState, t: Translate, say: ReturnType<typeof useLanguage>['say']): string {
  switch (act.state) {
    case 'idle':
      return '';
    case 'sending':
      return t('desk.sending');
    case 'done':
      return t('desk.waiting');
    case 'unanswered':
      return t('desk.unanswered');
    case 'failed':
      return act.reason === 'away' ? t('desk.away') : t('desk.failed');
    case 'refused': {
      const { message, allowed } = act.answer;
      const steps = allowed.filter(isStep).map((step) => t(`step.${step}`));
      const instead =
        steps.length === 0 ? '' : ` ${t('desk.allowed', { steps: steps.join(t('desk.comma')) })}`;
      return t('desk.refused', { message: say(message) }) + instead;
    }
  }
}

const isStep = (text: string): text is TicketStage => (ticketStages as readonly string[]).includes(text);
