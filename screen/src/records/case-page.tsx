import {
  type CaseReport,
  type Dossier,
  dossier as dossierShape,
  type ShownReport,
  shownReport,
} from '@fenghuo/contracts/case.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { CaseNames, useNameOf, useNamesIn } from '../ui/case-names.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { countdownText } from '../ui/durations.ts';
import { floorName } from '../ui/floors-text.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { useStageWords } from '../ui/step-words.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { CaseAfter } from './case-after.tsx';
import { CaseEvidence } from './case-evidence.tsx';
import { CaseReplay } from './case-replay.tsx';

const askEveryMs = 10_000;

/** The file of a case 案卷: its report, its evidence, its course to be watched again, and what is done after its end. */
export function CasePage({ code }: { code: string }) {
  const { t } = useLanguage();
  const path = `/cases/${encodeURIComponent(code)}`;
  const file = useAsk(path, dossierShape, { everyMs: askEveryMs });
  const report = useAsk(`${path}/report.json`, shownReport, { everyMs: askEveryMs });
  const nameOf = useNamesIn(report.data);
  if (file.isError || report.isError) return <p role="alert">{t('records.noCase', { code })}</p>;
  if (file.data === undefined || report.data === undefined)
    return <p className="quiet-words">{t('records.searching')}</p>;
  return (
    <CaseNames value={nameOf}>
      <article className="case-page" data-case={file.data.code}>
        <CaseHead dossier={file.data} report={report.data} />
        <div className="case-columns">
          <div>
            <Findings report={report.data} />
            <CaseReplay dossier={file.data} report={report.data} />
          </div>
          <div>
            <CaseAfter dossier={file.data} />
            <Deadlines dossier={file.data} report={report.data} />
            <Facts report={report.data} />
            <CaseEvidence dossier={file.data} />
          </div>
        </div>
      </article>
    </CaseNames>
  );
}

interface CaseProps {
  dossier: Dossier;
  report: CaseReport;
}

function CaseHead({ dossier: { code, incident, run, mergedInto, absorbed }, report }: CaseProps) {
  const { t, language, say } = useLanguage();
  const time = useCountyTime();
  const when = (at: number) => `${time.date(at)} ${time.clock(at)}`;
  const printed = `/api/v1/cases/${encodeURIComponent(code)}/report?lang=${language === 'en' ? 'en' : 'zh'}`;
  return (
    <header className="case-head">
      <p className="case-kind">
        <SeverityMark severity={incident.severity} drill={run !== null} />
        <strong>
          {t(`severityLong.${incident.severity}`)} · {say(incident.title)}
        </strong>
        {run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
        <span>{code}</span>
        <span data-outcome={report.outcome}>{t(`outcome.${report.outcome}`)}</span>
      </p>
      <h2>{say(incident.place)}</h2>
      <p className="quiet-words">
        <span>{t('records.openedAt', { time: when(incident.openedAt) })}</span>
        {incident.closedAt !== null && (
          <span>{t('records.closedAt', { time: when(incident.closedAt) })}</span>
        )}
      </p>
      <p className="case-doors">
        {incident.closedAt === null && (
          <button type="button" className="button" onClick={() => go(`/desk?incident=${incident.id}`)}>
            {t('records.toDesk')}
          </button>
        )}
        {mergedInto !== null && (
          <button type="button" className="button" onClick={() => go(`/records/${mergedInto}`)}>
            {t('records.mergedInto', { code: mergedInto })}
          </button>
        )}
        {absorbed.map((one) => (
          <button key={one.code} type="button" className="button" onClick={() => go(`/records/${one.code}`)}>
            {t('records.tookIn', { code: one.code })}
          </button>
        ))}
        <a className="button" href={printed} target="_blank" rel="noreferrer">
          {t('records.print')}
        </a>
        <a className="button button-plain" href={`/api/v1/cases/${encodeURIComponent(code)}/export.json`}>
          {t('records.export')}
        </a>
      </p>
    </header>
  );
}

function Findings({ report: { findings } }: { report: CaseReport }) {
  const { t, say } = useLanguage();
  return (
    <section className="desk-block">
      <h3>{t('records.findings')}</h3>
      {findings.length === 0 && <p>{t('records.noFindings')}</p>}
      <ul className="findings">
        {findings.map((finding) => (
          <li key={finding.zh}>{say(finding)}</li>
        ))}
      </ul>
    </section>
  );
}

function Deadlines({ dossier: { workflow }, report: { deadlines, acknowledgedMs } }: CaseProps) {
  const { t, say } = useLanguage();
  const stageWords = useStageWords();
  const units = useUnitWords();
  const time = useCountyTime();
  return (
    <section className="desk-block">
      <h3>{t('records.deadlines')}</h3>
      <table className="page-table">
        <tbody>
          <tr>
            <th scope="row">{t('desk.acknowledge')}</th>
            <td>{acknowledgedMs === null ? '—' : countdownText(acknowledgedMs, units)}</td>
            <td />
          </tr>
          {deadlines.map(({ stage, limitMs, dueAt, reachedAt, lateMs, holder }) => (
            <tr key={`${stage} ${dueAt}`} data-late={lateMs > 0 || undefined}>
              <th scope="row">{stageWords(workflow, stage)}</th>
              <td>
                {reachedAt === null ? '—' : time.clock(reachedAt)}{' '}
                {limitMs !== null && (
                  <span className="quiet-words">
                    {t('records.limit', { limit: countdownText(limitMs, units) })}
                  </span>
                )}
              </td>
              <td>
                {lateMs > 0 ? t('records.late', { late: countdownText(lateMs, units) }) : t('records.kept')}
                {holder !== null && <span className="quiet-words">{say(holder)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Facts({ report: { told, parties, floors, ending } }: { report: ShownReport }) {
  const { t, say } = useLanguage();
  const nameOf = useNameOf();
  return (
    <section className="desk-block">
      <h3>{t('records.facts')}</h3>
      <ul className="findings">
        {ending !== null && ending.reason !== null && (
          <li>
            {nameOf(ending.by)} · {say(ending.reason)}
          </li>
        )}
        <li>
          {t('records.told', { sent: told.sent, failed: told.failed + told.refused, waiting: told.waiting })}
        </li>
        {floors.map(({ floor, alarms, confirmed }) => (
          <li key={floor}>
            {floor === null ? t('records.noFloor') : t('desk.floor', { floor: floorName(floor) })} ·{' '}
            {t('records.floorAlarms', { alarms, confirmed })}
          </li>
        ))}
        {parties.map(({ unit, name, role, state }) => (
          <li key={unit}>
            {say(name)} · {t(`partyRole.${role}`)} · {t(`partyState.${state}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
