import { useMemo } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { diffLines, hunksOf } from './line-diff.ts';

const marks = { same: ' ', added: '+', gone: '−' } as const;

/** What differs from the book in force. */
export function DiffView({ before, after }: { before: string; after: string }) {
  const { t } = useLanguage();
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const count = (kind: 'added' | 'gone') => lines.filter((line) => line.kind === kind).length;
  const keyed = hunksOf(lines).map((line, place) => ({ line, place }));
  return (
    <section className="desk-block">
      <h3>{t('setup.rulebook.diff', { added: count('added'), gone: count('gone') })}</h3>
      <ol className="setup-diff">
        {keyed.map(({ line, place }) => (
          <li key={place} data-kind={line?.kind ?? 'left-out'}>
            <span>{line === null ? '⋯' : (line.no ?? '')}</span>
            <code>{line === null ? '' : `${marks[line.kind]} ${line.text}`}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
