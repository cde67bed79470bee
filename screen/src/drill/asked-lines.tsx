import type { AskedLine, DrillProgress } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';
import { foundText } from './verdict-lines.tsx';

interface AskedLinesProps {
  asks: readonly AskedLine[];
  /** Null: it has not begun. */
  progress: DrillProgress | null;
}

/** What a run will be judged by, with what is known on the way; the rest is looked up when it is over. */
export function AskedLines({ asks, progress }: AskedLinesProps) {
  const { t } = useLanguage();
  return (
    <>
      <h3>{t('drill.asks')}</h3>
      <table className="drill-verdict drill-asks">
        <tbody>
          {asks.map((line) => (
            <Line key={line.name} {...{ line, progress }} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Line({
  line: { name, what, asked },
  progress,
}: {
  line: AskedLine;
  progress: DrillProgress | null;
}) {
  const { t, say } = useLanguage();
  const known = progress === null ? null : soFar(name, progress);
  return (
    <tr>
      <td className="drill-mark" title={t('drill.toCome')}>
        ○
      </td>
      <td>{say(what)}</td>
      <td className="drill-number">{known === null ? '' : foundText(known)}</td>
      <td className="drill-number drill-asked">{asked}</td>
    </tr>
  );
}

/** What the runner tells each second. */
function soFar(name: string, { published, acknowledged, lagMs }: DrillProgress) {
  if (name === 'unacknowledged') return { found: published - acknowledged, unit: '' } as const;
  return name === 'puback_p99' ? ({ found: lagMs, unit: 'ms' } as const) : null;
}
