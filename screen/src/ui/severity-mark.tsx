import type { Severity } from '@fenghuo/contracts/words.ts';
import { useId } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { severityShapes } from './severity-shapes.ts';

/** The mark of a severity. A drill's is hatched. */
export function SeverityMark({ severity, drill }: { severity: Severity; drill: boolean }) {
  const { t } = useLanguage();
  const hatch = useId();
  const { body, sign } = severityShapes[severity];
  return (
    <svg
      className="severity-mark"
      data-severity={severity}
      viewBox="0 0 24 24"
      role="img"
      aria-label={t(`severity.${severity}`)}
    >
      {drill && (
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--ground)" />
          <rect width="2.4" height="5" fill="currentColor" />
        </pattern>
      )}
      <path
        d={body}
        fillRule="evenodd"
        fill={drill ? `url(#${hatch})` : 'currentColor'}
        {...(drill ? { stroke: 'currentColor', strokeWidth: 1.2 } : {})}
      />
      {sign !== '' && !drill && <path d={sign} fill="var(--sign)" />}
    </svg>
  );
}
