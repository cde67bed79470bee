import type { DrillCard } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { compareVerdicts } from './compare-verdicts.ts';
import { foundText } from './verdict-lines.tsx';

interface ComparisonProps {
  earlier: DrillCard;
  later: DrillCard;
  titleOf: (drill: DrillCard) => string;
}

/** Two runs side by side: what broke between them, and what became slower. */
export function Comparison({ earlier, later, titleOf }: ComparisonProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  if (!earlier.play?.verdict || !later.play?.verdict) return null;
  const lines = compareVerdicts(earlier.play.verdict, later.play.verdict);
  const head = (drill: DrillCard) => (
    <th className="drill-number">
      {time.date(drill.startedAt)}
      <br />
      {time.clock(drill.startedAt)}
      <br />
      <span className="drill-software">{drill.play?.software}</span>
    </th>
  );
  const differ = earlier.play.scenario !== later.play.scenario || earlier.play.seed !== later.play.seed;
  return (
    <section className="drill-comparison">
      <h3>{[...new Set([titleOf(earlier), titleOf(later)])].join(' → ')}</h3>
      {differ && <p className="drill-warning">{t('drill.differ')}</p>}
      <table className="drill-verdict">
        <thead>
          <tr>
            <th />
            {head(earlier)}
            {head(later)}
            <th />
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, what, before, after, turn }) => (
            <tr key={name} data-turn={turn}>
              <td>{say(what)}</td>
              <td className="drill-number">{before === null ? '–' : foundText(before)}</td>
              <td className="drill-number">{after === null ? '–' : foundText(after)}</td>
              <td>{turn === 'same' ? '' : t(`drill.turn.${turn}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
