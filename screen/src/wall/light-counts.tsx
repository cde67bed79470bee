import type { DeadlineLight } from '@fenghuo/contracts/workflow.ts';
import { useLanguage } from '../i18n/language.ts';
import { Changing } from './changing.tsx';

/** How many open tickets show each light. */
export function LightCounts({ counts }: { counts: Record<DeadlineLight, number> }) {
  const { t } = useLanguage();
  return (
    <span className="chain-lights">
      <LightCount light="blue" text={t('wall.lightBlue', { count: counts.blue })} />
      <LightCount light="yellow" text={t('wall.lightYellow', { count: counts.yellow })} />
      <LightCount light="red" text={t('wall.lightRed', { count: counts.red })} />
    </span>
  );
}

function LightCount({ light, text }: { light: DeadlineLight; text: string }) {
  return (
    <span className="chain-light" data-light={light}>
      <Changing className="chain-light-count" value={text} />
    </span>
  );
}
