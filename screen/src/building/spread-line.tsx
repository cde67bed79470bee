import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { clockText } from '../ui/durations.ts';
import { floorsText } from '../ui/floors-text.ts';
import type { Step } from './spread.ts';

/** Where it began and how far it has come, and each detector on a line of time; those not told yet are faint. */
export function SpreadLine({ steps, told }: { steps: readonly Step[]; told: number }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const [first] = steps;
  const shown = steps[told - 1] ?? first;
  if (first === undefined || shown === undefined) return null;
  const span = Math.max(1, steps.at(-1)!.after);
  const where = ({ floor, room }: Step) =>
    [t('wall.floors', { floors: floorsText([floor]) }), room ?? ''].join(' ').trim();
  return (
    <footer className="spread">
      <p className="spread-words">
        <span className="spread-origin">{t('building.origin')}</span>
        <strong>{where(first)}</strong>
        <time>{time.clock(first.at)}</time>
        {shown !== first && (
          <>
            <span className="spread-after">+{clockText(shown.after)}</span>
            <strong>{where(shown)}</strong>
          </>
        )}
      </p>
      {steps.length > 1 && (
        <div className="spread-line" aria-hidden="true">
          {steps.map((step) => (
            <i
              key={step.device}
              data-severity={step.severity}
              data-told={step.order <= told || undefined}
              style={{ left: `${(step.after / span) * 100}%` }}
            />
          ))}
        </div>
      )}
    </footer>
  );
}
