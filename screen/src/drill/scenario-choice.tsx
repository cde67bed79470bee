import type { DrillScenario } from '@fenghuo/contracts/drills.ts';
import { useLanguage } from '../i18n/language.ts';
import { clockText } from '../ui/durations.ts';

interface ScenarioChoiceProps {
  scenarios: readonly DrillScenario[];
  chosen: string | null;
  choose: (name: string) => void;
}

export function ScenarioChoice({ scenarios, chosen, choose }: ScenarioChoiceProps) {
  const { t, say } = useLanguage();
  return (
    <ul className="drill-scenarios">
      {scenarios.map(({ name, title, about, durationMs, messages, alarms }) => (
        <li key={name}>
          <button
            type="button"
            className="drill-scenario"
            aria-pressed={name === chosen}
            data-scenario={name}
            onClick={() => choose(name)}
          >
            <strong>{say(title)}</strong>
            <span className="quiet-words">
              {t('drill.size', { time: clockText(durationMs), messages, alarms })}
            </span>
            {name === chosen && about !== null && <span className="drill-about">{say(about)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
