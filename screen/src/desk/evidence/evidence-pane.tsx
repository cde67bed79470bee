import type { ShownEvidence } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { EvidenceItem } from '../../records/evidence-item.tsx';
import { shrinkPhoto } from '../../respond/shrink-photo.ts';
import { useMay } from '../../state/session.ts';
import { newCommandId } from '../act.ts';
import { ActNote } from '../act-note.tsx';
import { type Uploaded, uploadFile } from './upload-file.ts';

interface EvidencePaneProps {
  incident: IncidentRecord;
  evidence: readonly ShownEvidence[];
}

/** What the case keeps, and the ways in for more: a file chosen, pasted, or dropped here. */
export function EvidencePane({ incident, evidence }: EvidencePaneProps) {
  const { t } = useLanguage();
  const mayAdd = useMay()('add-evidence');
  const { last, busy, upload } = useUpload(incident.caseCode);
  const [over, setOver] = useState(false);
  usePasted(mayAdd ? upload : null);
  if (!mayAdd && evidence.length === 0) return null;
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void upload([...event.dataTransfer.files]);
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: dropped,
  };
  return (
    <section
      className="desk-block"
      data-evidence={evidence.length}
      data-over={over || undefined}
      {...(mayAdd ? drop : {})}
    >
      <h3>
        {t('records.evidence')} {evidence.length > 0 && evidence.length}
      </h3>
      {evidence.length > 0 && (
        <ul className="evidence">
          {evidence.toReversed().map((item) => (
            <EvidenceItem key={item.id} code={incident.caseCode} item={item} />
          ))}
        </ul>
      )}
      {mayAdd && <AddFile busy={busy} upload={upload} />}
      {last !== null &&
        (last.state === 'unusable' ? (
          <p className="act-note" role="status" data-state="refused">
            {last.message}
          </p>
        ) : (
          <ActNote act={last.state === 'done' ? { state: 'idle' } : last} />
        ))}
    </section>
  );
}

function AddFile({ busy, upload }: { busy: boolean; upload: Upload }) {
  const { t } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className="evidence-add">
      <button type="button" className="button" disabled={busy} onClick={() => input.current?.click()}>
        {busy ? t('desk.sending') : t('evidence.add')}
      </button>
      <span className="quiet-words">{t('evidence.ways')}</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('evidence.add')}
        accept="image/jpeg,image/png,image/webp,image/avif,video/mp4,video/webm,application/pdf"
        onChange={({ target }) => void upload([...(target.files ?? [])]).then(() => (target.value = ''))}
      />
    </p>
  );
}

type Upload = (files: readonly File[]) => Promise<void>;

/** One after the other: each is drawn anew by the server on one core. The first that is refused ends it. */
function useUpload(caseCode: string): { last: Uploaded | null; busy: boolean; upload: Upload } {
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<Uploaded | null>(null);
  const upload: Upload = async (files) => {
    if (files.length === 0 || busy) return;
    setBusy(true);
    setLast(null);
    for (const file of files) {
      const told = { id: newCommandId(), caseCode, name: file.name.slice(0, 120), note: '', doneAt: null };
      const outcome = await uploadFile({ ...told, bytes: await shrinkPhoto(file) });
      setLast(outcome);
      if (outcome.state !== 'done') break;
    }
    setBusy(false);
  };
  return { last, busy, upload };
}

/** A picture in the clipboard, such as a screenshot, pasted anywhere on the page. */
function usePasted(upload: Upload | null): void {
  const current = useRef(upload);
  useEffect(() => {
    current.current = upload;
  });
  useEffect(() => {
    const pasted = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) void current.current?.(files);
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  }, []);
}
