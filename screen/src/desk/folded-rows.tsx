import { type ReactNode, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { Folding } from '../state/folding.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { FoldedWords } from '../ui/flood-words.tsx';
import { SeverityMark } from '../ui/severity-mark.tsx';

/** Rows that are laid out at a time: a flood has thousands. */
const pageSize = 100;

interface FoldedRowsProps {
  folded: Folding['folded'];
  row: (open: OpenIncident) => ReactNode;
}

/** Low incidents of a flood: a line with their number, which opens into rows. */
export function FoldedRows({ folded, row }: FoldedRowsProps) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(0);
  if (folded.length === 0) return null;
  const isOpen = shown > 0;
  const left = folded.length - shown;
  return (
    <section className="folded" data-folded={folded.length}>
      <button
        type="button"
        className="desk-row"
        aria-expanded={isOpen}
        onClick={() => setShown(isOpen ? 0 : pageSize)}
      >
        <SeverityMark severity="low" drill={folded.every(({ incident }) => incident.run !== null)} />
        <span className="desk-row-words">
          <FoldedWords folded={folded} />
        </span>
        <span className="quiet-words">{isOpen ? t('flood.close') : t('flood.open')}</span>
      </button>
      {isOpen && <ul>{folded.slice(0, shown).map(row)}</ul>}
      {isOpen && left > 0 && (
        <button type="button" className="desk-row folded-more" onClick={() => setShown(shown + pageSize)}>
          {t('flood.more', { count: Math.min(left, pageSize), left: left.toLocaleString('en') })}
        </button>
      )}
    </section>
  );
}
