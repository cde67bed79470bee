import type { JudgedLine } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';

/** A number of a protocol with its unit. */
export function foundText({ found, unit }: Pick<JudgedLine, 'found' | 'unit'>): string {
  if (found === null) return '–';
  const rounded = unit === 'ms' ? Math.round(found) : found;
  return unit === '' ? `${rounded}` : `${rounded} ${unit}`;
}

/** Every line that was judged, those not kept first. */
export function VerdictLines({ judged }: { judged: readonly JudgedLine[] }) {
  const { t, say } = useLanguage();
  const sorted = [...judged].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <table className="drill-verdict">
      <tbody>
        {sorted.map((line) => (
          <tr key={line.name} data-ok={line.ok}>
            <td className="drill-mark" title={t(line.ok ? 'drill.kept' : 'drill.notKept')}>
              {line.ok ? '✔' : '✘'}
            </td>
            <td>{say(line.what)}</td>
            <td className="drill-number">{foundText(line)}</td>
            <td className="drill-number drill-asked">{line.asked}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
