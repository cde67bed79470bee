import { type DeviceImportReport, type RowRemark, registerOutcomes } from '@fenghuo/contracts/registry.ts';
import { useLanguage } from '../../i18n/language.ts';

/** What a file would do, or did: how many of each, its faults by line, what is odd, and the first rows. */
export function ImportReport({ report }: { report: DeviceImportReport }) {
  const { t } = useLanguage();
  const { rows, counts, errors, errorCount, warnings, warningCount } = report;
  return (
    <div className="setup-report" data-errors={errorCount}>
      <dl className="setup-counts">
        <div>
          <dt>{t('setup.import.rows')}</dt>
          <dd>{rows}</dd>
        </div>
        {registerOutcomes.map((outcome) => (
          <div key={outcome} data-outcome={outcome}>
            <dt>{t(`setup.import.outcome.${outcome}`)}</dt>
            <dd>{counts[outcome] ?? 0}</dd>
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
            <code>{field ?? ''}</code>
            <span>{say(message)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Sample({ sample }: Pick<DeviceImportReport, 'sample'>) {
  const { t } = useLanguage();
  return (
    <section className="setup-sample">
      <h3>{t('setup.import.sample')}</h3>
      <table>
        <tbody>
          {sample.map((device) => (
            <tr key={device.id}>
              <td>{t(`setup.import.outcome.${device.outcome}`)}</td>
              <td>{device.id}</td>
              <td>{t(`setup.deviceType.${device.type}`)}</td>
              <td>{device.building ?? device.area}</td>
              <td>{device.floor === null ? '' : t('desk.floor', { floor: device.floor })}</td>
              <td>{device.room}</td>
              <td>
                {device.lon.toFixed(6)}, {device.lat.toFixed(6)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
