import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../../i18n/language.ts';
import { filePath } from '../../records/evidence-item.tsx';
import { useCountyTime } from '../../ui/county-time.ts';
import { secondsOrAge } from '../../ui/durations.ts';
import { useNow } from '../../ui/now.ts';
import { useUnitWords } from '../../ui/unit-words.ts';
import { stillId } from '../../video/still-id.ts';

interface IncidentStillsProps {
  incident: IncidentRecord;
  evidence: readonly CaseEvidence[];
  /** Cameras that look at it. */
  cameras: readonly { id: string; code: string }[];
}

/** What the cameras showed when the alarm went off, each with its time and its age: beside the live picture, never taken for it. */
export function IncidentStills({ incident, evidence, cameras }: IncidentStillsProps) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const units = useUnitWords();
  const now = useNow();
  const stills = cameras.flatMap(({ id, code }) => {
    const kept = evidence.find((one) => one.id === stillId(incident.id, id));
    return kept === undefined ? [] : [{ code, kept, takenAt: kept.doneAt ?? kept.at }];
  });
  if (stills.length === 0) return null;
  return (
    <div className="incident-stills">
      {stills.map(({ code, kept: { id, note }, takenAt }) => (
        <figure key={id} data-still={id}>
          <a href={filePath(incident.caseCode, id)} target="_blank" rel="noreferrer">
            <img src={`${filePath(incident.caseCode, id)}?size=small`} alt={note ?? code} />
          </a>
          <figcaption>
            <strong>{t('evidence.still')}</strong> {code} <time>{time.clock(takenAt)}</time>{' '}
            <span className="picture-age">{t('video.age', { age: secondsOrAge(now - takenAt, units) })}</span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
