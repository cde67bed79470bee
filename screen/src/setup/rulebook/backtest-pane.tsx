import { type BacktestReport, backtestReport } from '@fenghuo/contracts/backtest.ts';
import { severities } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { serverNow } from '../../ui/now.ts';
import { change } from '../change.ts';
import { type Said, Told } from '../refused.tsx';

const dayMs = 86_400_000;
const days = [1, 7, 30] as const;

/** The last days, run through this book and the one in force: what would have been raised otherwise. */
export function BacktestPane({ text }: { text: string }) {
  const { t } = useLanguage();
  const [stretch, setStretch] = useState<number>(1);
  const [report, setReport] = useState<BacktestReport | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const [busy, setBusy] = useState(false);

  async function run() {
    setBusy(true);
    setSaid(null);
    const to = serverNow();
    const body = { text, from: to - stretch * dayMs, to };
    const answer = await change({ method: 'POST', path: '/rulebook/backtest', body, answer: backtestReport });
    setBusy(false);
    if (answer.ok) setReport(answer.body);
    else setSaid(answer.refusal);
  }

  return (
    <section className="desk-block">
      <h3>{t('setup.rulebook.backtest')}</h3>
      <div className="act-form">
        <label className="field">
          {t('setup.rulebook.stretch')}
          <select value={stretch} onChange={(event) => setStretch(Number(event.target.value))}>
            {days.map((count) => (
              <option key={count} value={count}>
                {t('setup.rulebook.days', { count })}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button" disabled={busy} onClick={() => void run()}>
          {t(busy ? 'setup.rulebook.running' : 'setup.rulebook.run')}
        </button>
      </div>
      <Told said={said} />
      {report !== null && <Outcome report={report} />}
    </section>
  );
}

function Outcome({ report }: { report: BacktestReport }) {
  const { t } = useLanguage();
  const { inForce, candidate, total, events, byRule } = report;
  const rows = [
    ...severities.map((severity) => ({
      name: t(`severityLong.${severity}`),
      before: inForce.alarms[severity] ?? 0,
      after: candidate.alarms[severity] ?? 0,
    })),
    { name: t('setup.rulebook.incidents'), before: inForce.incidents, after: candidate.incidents },
    { name: t('setup.rulebook.tickets'), before: inForce.tickets, after: candidate.tickets },
  ];
  const { added, removed, graver, milder } = total;
  return (
    <div className="setup-outcome" data-events={events}>
      <p>{t('setup.rulebook.outcome', { events, added, removed, graver, milder })}</p>
      <table>
        <thead>
          <tr>
            <th />
            <th>{t('setup.rulebook.before')}</th>
            <th>{t('setup.rulebook.after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name} data-differs={before !== after}>
              <th>{name}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {byRule.length > 0 && (
        <ul className="setup-by-rule">
          {byRule
            .filter((rule) => rule.added + rule.removed + rule.graver + rule.milder > 0)
            .map((rule) => (
              <li key={rule.rule}>
                <code>{rule.rule}</code> {rule.inForce} → {rule.candidate}
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
