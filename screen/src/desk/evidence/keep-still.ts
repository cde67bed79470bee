import { evidenceList } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { request } from '../../feed/request.ts';
import { serverNow } from '../../ui/now.ts';
import { takeStill } from '../../video/take-still.ts';
import { type Uploaded, uploadFile } from './upload-file.ts';

/** Until the live picture has come to the moment: it is two segments of two seconds behind. Milliseconds. */
const withinMs = 12_000;

/** What is said of a picture: of which camera, and when it was taken, or came where nobody dates it. */
export type SayStill = (still: { camera: string; at: number; isDated: boolean }) => string;

export interface StillOf {
  incident: IncidentRecord;
  camera: { id: string; code: string; live: string };
  /** Under which it is kept. */
  id: string;
  /** The moment; it may be the present. */
  from: number;
  say: SayStill;
}

/** Takes a camera's picture and keeps it in the case. Null: there was no picture, or the case has one under this id. */
export async function keepStill({ incident, camera, id, from, say }: StillOf): Promise<Uploaded | null> {
  const still = await takeStill(camera.live, { from, withinMs });
  if (still === null || (await isKept(incident.id, id))) return null;
  const { bytes, takenAt } = still;
  const at = takenAt ?? serverNow();
  return uploadFile({
    ...{ id, caseCode: incident.caseCode, bytes, doneAt: takenAt },
    name: `${camera.code}.jpg`,
    note: say({ camera: camera.code, at, isDated: takenAt !== null }),
  });
}

async function isKept(incident: string, id: string): Promise<boolean> {
  const path = `/incidents/${encodeURIComponent(incident)}/evidence`;
  const kept = await request({ method: 'GET', path, answer: evidenceList });
  return kept.ok && kept.body.evidence.some((one) => one.id === id);
}
