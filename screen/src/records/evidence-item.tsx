import type { ShownEvidence } from '@fenghuo/contracts/case.ts';
import { useLanguage } from '../i18n/language.ts';
import { useNameOf } from '../ui/case-names.ts';
import { useCountyTime } from '../ui/county-time.ts';
import './evidence.css';

/** A piece of evidence: the photo or the name of the file, what was said of it, by whom and when it was taken. */
export function EvidenceItem({ code, item }: { code: string; item: ShownEvidence }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const nameOf = useNameOf();
  const { id, kind, at, by, note, file, from, doneAt = at } = item;
  const path = filePath(code, id);
  return (
    <li data-kind={kind}>
      {file !== null && (
        <a href={path} target="_blank" rel="noreferrer">
          {kind === 'photo' ? (
            <img src={`${path}?size=small`} alt={note || file.name || t(`evidenceKind.${kind}`)} />
          ) : (
            file.name
          )}
        </a>
      )}
      {note !== null && note !== '' && <p>{note}</p>}
      <p className="quiet-words">
        <span>{t(`evidenceKind.${kind}`)}</span>
        <span>{nameOf(by)}</span>
        <time>{`${time.date(doneAt)} ${time.clock(doneAt)}`}</time>
        {from !== null && <span>{t('records.fromCase', { code: from })}</span>}
      </p>
    </li>
  );
}

/** Address of a file of a case. */
export const filePath = (code: string, id: string) =>
  `/api/v1/cases/${encodeURIComponent(code)}/files/${encodeURIComponent(id)}`;
