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
    case 'refused':
      return t('desk.refused', { message: say(act.answer.message) });
  }
}
