import type { DrillCard, DrillState } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';

/** As a person sees it: a drill that was ended is stopped, whatever its runner has yet to notice. */
export function stateOf({ endedAt, play }: Pick<DrillCard, 'endedAt' | 'play'>): DrillState {
  if (play === null) return endedAt === null ? 'playing' : 'stopped';
  return endedAt !== null && play.wish === 'stop' ? 'stopped' : play.state;
}

/** Where a drill stands; of one that was judged, its verdict. */
export function Outcome({ drill }: { drill: DrillCard }) {
  const { t } = useLanguage();
  const { play } = drill;
  if (play === null) return <>{t('drill.byHandShort')}</>;
  const state = stateOf(drill);
  if (state !== 'judged' || play.verdict === null) return <>{t(`drill.state.${state}`)}</>;
  const { ok, judged } = play.verdict;
  const failed = judged.filter((line) => !line.ok).length;
  if (ok) return <>✔ {t('drill.passed')}</>;
  return <strong>✘ {t('drill.failed', { failed, of: judged.length })}</strong>;
}
