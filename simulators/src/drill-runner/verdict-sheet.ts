import type { DrillVerdict } from '@fenghuo/contracts/drills.ts';
import { wordsOfJudged } from '../report/report-words.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';

/** The verdict of a run as the drill page shows it, each line with what it asks in words. */
export function verdictSheet({ verdict }: RunRecord): DrillVerdict {
  return {
    ok: verdict.ok,
    judged: verdict.judged.map(({ name, asked, found, unit, ok }) => ({
      ...{ name, what: wordsOfJudged(name), asked, found, unit, ok },
    })),
  };
}
