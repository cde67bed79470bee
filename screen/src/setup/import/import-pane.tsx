import {
  type CoordinateSystem,
  coordinateSystems,
  type DeviceImportReport,
  deviceImportReport,
  type FileKind,
  type FileReport,
  fileReport,
  longestImport,
  mostImportRows,
} from '@fenghuo/contracts/registry.ts';
import { useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { bodyOf, send } from '../../feed/request.ts';
import { useLanguage } from '../../i18n/language.ts';
import { refusalOf } from '../change.ts';
import { type Said, Told } from '../refused.tsx';
import { ImportReport } from './import-report.tsx';
import { formatOf, textOf } from './read-file.ts';

interface Chosen {
  name: string;
  text: string;
}

type Kind = 'devices' | FileKind;
export type Report = DeviceImportReport | FileReport;

/** A file of devices, buildings, units or people: what it would do is looked at first; nothing is done while it has a fault. */
export function ImportPane({ kind, imported }: { kind: Kind; imported?: () => void }) {
  const { t } = useLanguage();
  const [file, setFile] = useState<Chosen | null>(null);
  const [coordinates, setCoordinates] = useState<CoordinateSystem | null>(kind === 'people' ? 'wgs84' : null);
  const [report, setReport] = useState<Report | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const [busy, setBusy] = useState(false);

  async function choose(chosen: File | undefined) {
    setReport(null);
    setFile(null);
    if (chosen === undefined) return;
    if (chosen.size > longestImport) return setSaid({ reason: 'too-large', words: null });
    setSaid(null);
    setFile({ name: chosen.name, text: textOf(new Uint8Array(await chosen.arrayBuffer())) });
  }

  async function run(dryRun: boolean) {
    if (file === null || coordinates === null) return;
    setBusy(true);
    setSaid(null);
    const body = { id: newCommandId(), format: formatOf(file.name), coordinates, dryRun, ...file };
    const outcome = await sendFile(kind, body);
    setBusy(false);
    if ('reason' in outcome) return setSaid(outcome);
    setReport(outcome);
    if (outcome.dryRun || outcome.errorCount > 0) return;
    setSaid({ done: t('setup.import.done', { count: outcome.rows - (outcome.counts.same ?? 0) }) });
    imported?.();
  }

  const mayImport = report?.dryRun === true && report.errorCount === 0;
  const count = report === null ? 0 : report.rows - (report.counts.same ?? 0);
  return (
    <section className="setup-import">
      <p className="setup-intro">{t('setup.import.intro', { rows: mostImportRows })}</p>
      <p className="setup-columns">{t(`setup.import.columns.${kind}`)}</p>
      <div className="act-form">
        <label className="field">
          {t('setup.import.file')}
          <input
            type="file"
            accept={kind === 'people' ? '.csv,.txt' : '.csv,.txt,.json,.geojson'}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </label>
        {kind !== 'people' && (
          <fieldset className="field setup-systems">
            <legend>{t('setup.import.coordinates')}</legend>
            {coordinateSystems.map((system) => (
              <label key={system}>
                <input
                  type="radio"
                  name="coordinates"
                  checked={coordinates === system}
                  onChange={() => {
                    setCoordinates(system);
                    setReport(null);
                  }}
                />
                {t(`setup.import.system.${system}`)}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <div className="act-form">
        <button
          type="button"
          className="button"
          disabled={file === null || coordinates === null || busy}
          onClick={() => void run(true)}
        >
          {t(busy ? 'setup.import.busy' : 'setup.import.dryRun')}
        </button>
        {mayImport && count > 0 && (
          <button
            type="button"
            className="button button-main"
            disabled={busy}
            onClick={() => void run(false)}
          >
            {t('setup.import.import', { count })}
          </button>
        )}
      </div>
      <Told said={said} />
      {report !== null && <ImportReport report={report} />}
    </section>
  );
}

/** The report of a file, faulty or not, or why there is none. A file that waits for the writer is sent again. */
async function sendFile(
  kind: Kind,
  body: object,
): Promise<Report | { reason: string; words: null } | ReturnType<typeof refusalOf>> {
  const report = kind === 'devices' ? deviceImportReport : fileReport;
  for (let asks = 0; asks < 12; asks++) {
    const response = await send({ method: 'POST', path: `/${kind}/import`, body });
    if (response === null) return { reason: 'away', words: null };
    if (response.status === 202) continue;
    const answer = await bodyOf(response);
    const read = report.safeParse(answer);
    return read.success ? read.data : refusalOf(response.status, answer);
  }
  return { reason: 'waiting', words: null };
}
