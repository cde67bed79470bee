import { expect, test } from 'vitest';
import { LatencyHistogram } from '../flood/latency-histogram.ts';
import { composeScript } from '../scenario/compose-script.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import { smallEstate } from '../scenario/small-estate.fixture.ts';
import { alarmTimesOf } from '../scenario-run/run-record.ts';
import { judge } from '../verdict/judge.ts';
import { htmlReport } from './html-report.ts';

const text = `name: t
title: { zh: 厨房<b>, en: 'A "kitchen" </title><script>alert(1)</script>' }
seed: report
duration: 4 min
places: { home: { use: residential } }
timeline: [{ fire: { in: home, growth: fast, out_after: 3 min } }] # </pre><img src="https://example.org/x.png">
`;

/** The report of a run of which nobody could ask the database. */
function report(): string {
  const scenario = readScenario(text, 'kitchen.yaml');
  const script = composeScript(scenario.scenario, smallEstate());
  const { publications } = script;
  const times = publications.map(({ at }) => 1_790_000_000_000 + at);
  const evidence = {
    ...{
      scenario: scenario.scenario,
      publications,
      times,
      puback: new LatencyHistogram(),
      facts: null,
      seen: null,
    },
    ...{
      acknowledged: new Set(publications.keys()),
      resent: 0,
      unsent: 0,
      isCutOff: false,
      drainedMs: 0,
      refused: 0,
    },
  };
  const record = {
    ...{
      script,
      seed: 'report',
      estate: { detectors: 230, cameras: 12, buildings: 12 },
      startedAt: times[0]!,
      endedAt: times.at(-1)!,
      run: null,
      moments: [],
      facts: null,
    },
    ...{
      hostile: null,
      ...{ whole: true, stopped: false },
      verdict: judge(evidence),
      alarmTimes: alarmTimesOf(evidence, times[0]!),
    },
  };
  const machine = {
    ...{
      version: '0.1.0',
      commit: 'abc',
      node: 'v24',
      system: 'Linux',
      processor: 'CPU',
      cores: 2,
      memoryGb: 8,
      load: [0.5, 1, 2],
    },
  };
  return htmlReport({ scenario, record, machine, command: 'npm run flood' });
}

test('what a reader needs: the conclusion, seed, version, machine, the text of the scenario, a chart', () => {
  const html = report();
  for (const part of [
    '未通过',
    'Failed',
    'report',
    '0.1.0 (abc)',
    '0.5 / 1.0 / 2.0',
    '230 台探测器',
    '2 × CPU',
    'growth: fast',
    '<svg',
    'lost',
  ])
    expect(html).toContain(part);
});

test('what a scenario’s author writes stays text, and nothing is fetched', () => {
  const html = report();
  expect(html).not.toMatch(/<script|<img|<link|<b>/i);
  expect(html).not.toMatch(/\b(src|href)\s*=\s*"?https?:/i);
  expect(html).not.toMatch(/url\(|@import/);
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain("default-src 'none'");
});

test('a chart of numbers only: no NaN, no Infinity in its paths', () => {
  expect(report()).not.toMatch(/NaN|Infinity|undefined/);
});
