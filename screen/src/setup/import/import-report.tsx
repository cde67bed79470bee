import { type RegisterOutcome, type RowRemark, registerOutcomes } from '@fenghuo/contracts/registry.ts';
import { type Translate, useLanguage } from '../../i18n/language.ts';
import { floorName } from '../../ui/floors-text.ts';
import type { Report } from './import-pane.tsx';

/** What a file would do, or did: how many of each, its faults by line, what is odd, and the first rows. */
export function ImportReport({ report }: { report: Report }) {
  const { t } = useLanguage();
  const { rows, counts, errors, errorCount, warnings, warningCount } = report;
  return (
    <div className="setup-report" data-errors={errorCount}>
      <dl className="setup-counts">
        <div>
          <dt>{t('setup.import.rows')}</dt>
          <dd>{rows}</dd>
        </div>
        {registerOutcomes
          .filter((outcome) => outcome in counts)
          .map((outcome) => (
            <div key={outcome} data-outcome={outcome}>
              <dt>{t(`setup.import.outcome.${outcome}`)}</dt>
              <dd>{countOf(counts, outcome)}</dd>
            </div>
          ))}
      </dl>
      {errorCount > 0 && (
        <Remarks title={t('setup.import.errors', { count: errorCount })} remarks={errors} kind="error" />
      )}
      {warningCount > 0 && (
        <Remarks
          title={t('setup.import.warnings', { count: warningCount })}
          remarks={warnings}
          kind="warning"
        />
      )}
      {report.sample.length > 0 && <Sample sample={report.sample} />}
    </div>
  );
}

const countOf = (counts: Partial<Record<RegisterOutcome, number>>, outcome: RegisterOutcome) =>
  counts[outcome] ?? 0;

interface RemarksProps {
  title: string;
  remarks: readonly RowRemark[];
  kind: 'error' | 'warning';
}

function Remarks({ title, remarks, kind }: RemarksProps) {
  const { t, say } = useLanguage();
  return (
    <section className="setup-remarks" data-kind={kind}>
      <h3>{title}</h3>
      <ol>
        {remarks.map(({ row, field, message }) => (
          <li key={`${row} ${field} ${message.en}`}>
            <span className="setup-row-no">
              {row === 0 ? t('setup.import.whole') : t('setup.import.row', { row })}
            </span>
            <code>{field === null ? '' : columnName(field, t)}</code>
            <span>{say(message)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Columns as the head of a file names them. */
const columns = [
  'id',
  'type',
  'area',
  'building',
  'floor',
  'room',
  'lon',
  'lat',
  'parent',
  'camera_code',
  'heading',
  'field_of_view',
  'stream_url',
  'name',
  'name_en',
  'use',
  'floors',
  'keyholder',
  'keyholder_phone',
  'level',
  'capabilities',
  'unit',
  'title',
  'phone',
  'duty_post',
  'on_duty',
] as const;

function columnName(field: string, t: Translate): string {
  const known = columns.find((one) => one === field);
  return known === undefined ? field : t(`setup.import.field.${known}`);
}

function Sample({ sample }: Pick<Report, 'sample'>) {
  const { t } = useLanguage();
  return (
    <section className="setup-sample">
      <h3>{t('setup.import.sample')}</h3>
      <table>
        <tbody>
          {sample.map((one) => (
            <tr key={one.id}>
              <td>{t(`setup.import.outcome.${one.outcome}`)}</td>
              <td>{one.id}</td>
              {cellsOf(one, t).map((text, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing but their place
                <td key={i}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cellsOf(one: Report['sample'][number], t: Translate): string[] {
  if ('cells' in one) return one.cells;
  const { type, building, area, floor, room, lon, lat } = one;
  return [
    ...[t(`setup.deviceType.${type}`), building ?? area],
    ...[floor === null ? '' : t('desk.floor', { floor: floorName(floor) }), room ?? ''],
    `${lon.toFixed(6)}, ${lat.toFixed(6)}`,
  ];
}
