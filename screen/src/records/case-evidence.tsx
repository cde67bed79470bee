import type { Dossier } from '@fenghuo/contracts/case.ts';
import { useState } from 'react';
import { ActNote } from '../desk/act-note.tsx';
import { ReasonField } from '../desk/reason-field.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { EvidenceItem } from './evidence-item.tsx';

/** Notes, photos, films and documents of a case, and the cameras whose pictures belong to it. */
export function CaseEvidence({ dossier: { code, incident, evidence, cameras } }: { dossier: Dossier }) {
  const { t } = useLanguage();
  const may = useMay();
  const time = useCountyTime();
  return (
    <section className="desk-block" data-evidence={evidence.length}>
      <h3>{t('records.evidence')}</h3>
      {evidence.length === 0 && <p className="quiet-words">{t('records.noEvidence')}</p>}
      <ul className="evidence">
        {evidence.map((item) => (
          <EvidenceItem key={item.id} code={code} item={item} />
        ))}
      </ul>
      {may('add-note') && <AddNote incident={incident.id} />}
      {cameras.length > 0 && (
        <ul className="findings">
          {cameras.map(({ camera, code: name, metres, moments }) => (
            <li key={camera}>
              {name} · {metres} m
              <span className="quiet-words">
                {moments.map(({ from, to }) => (
                  <span key={from}>{`${time.clock(from)}–${time.clock(to)}`}</span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function AddNote({ incident }: { incident: string }) {
  const { t } = useLanguage();
  const [words, setWords] = useState('');
  const { shown, busy, perform } = useSettledAct('/cases/');
  const add = async () => {
    const { state } = await perform({ act: 'add-note', subject: incident, reason: words });
    if (state === 'done') setWords('');
  };
  return (
    <div className="act-form">
      <ReasonField label={t('records.note')} reason={words} hint="" write={setWords} />
      <button
        type="button"
        className="button"
        disabled={busy || words.trim() === ''}
        onClick={() => void add()}
      >
        {t('records.addNote')}
      </button>
      <ActNote act={shown} />
    </div>
  );
}
