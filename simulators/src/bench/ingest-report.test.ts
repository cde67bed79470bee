import { expect, test } from 'vitest';
import { FloodFigures } from '../flood/flood-figures.ts';
import { type FloodReport, reportOf } from '../flood/flood-report.ts';
import { LatencyHistogram } from '../flood/latency-histogram.ts';
import type { DurableRun } from './durable-run.ts';
import { type IngestFindings, ingestReport, isTrue } from './ingest-report.ts';
import { steadyRate } from './raw-rates.ts';

function flood(perSecond: number[], drainedMs = 5): FloodReport {
  const figures = new FloodFigures();
  figures.acknowledged = figures.sent = perSecond.reduce((sum, count) => sum + count, 0);
  figures.perSecond.push(...perSecond);
  figures.lastAcknowledgedAt = perSecond.length * 1000;
  figures.lastSentAt = figures.lastAcknowledgedAt - drainedMs;
  return reportOf(figures, { connections: 50, window: 50, cpu: { user: 0, system: figures.sent } });
}

const nothingWrong = { lost: 0, duplicated: 0, duplicatedAlarms: 0, missingAlarms: 0 };

function durable(perSecond: number[], more: Partial<DurableRun> = {}): DurableRun {
  const usage = { serverPeakBytes: 700e6, serverCpuUs: 6_000_000, postgresCpuUs: 3_000_000 };
  return { flood: flood(perSecond), truth: nothingWrong, ...usage, ...more };
}

function findings(more: Partial<IngestFindings> = {}): IngestFindings {
  const alarms = new LatencyHistogram();
  for (let ms = 1; ms <= 100; ms++) alarms.record(ms * 1000);
  const mosquitto = flood([10, 10, 200_000, 200_000, 7]);
  return {
    raw: {
      bare: flood([1, 1, 300_000, 7]),
      mosquitto,
      bare2000: flood([1, 1, 90_000, 7]),
      mosquitto2000: mosquitto,
    },
    durable: durable([100_000, 100_000, 100_000]),
    durable2000: durable([50_000, 50_000], { flood: flood([50_000, 50_000], 1_900), serverPeakBytes: 800e6 }),
    half: durable([50_000]),
    people: { alarms, reads: alarms, unheard: 0 },
    seconds: 60,
    ...more,
  };
}

test('what is compared with a raw rate counts whole, the raw rate once it is warm', () => {
  expect(steadyRate(flood([10, 10, 200_000, 100_000, 7]))).toBe(150_000);
  expect(steadyRate(flood([10, 20]))).toBe(15);
  const report = ingestReport(findings());
  expect(report).toMatchObject({ mosquitto_msgs_per_s: 200_000, durable_events_per_s: 100_000, ratio: 0.5 });
  expect(report).toMatchObject({ raw_2000: 90_000, durable_2000: 50_000, ratio_2000: 0.25 });
  expect(report).toMatchObject({ rss_mb: 800, drained_ms: 1_900, server_cpu_us_per_event: 20 });
  expect(report.p99_ms).toBeCloseTo(99, -1);
});

test('without Mosquitto the bare endpoint is the measure', () => {
  const { raw } = findings();
  const report = ingestReport(findings({ raw: { ...raw, mosquitto: null, mosquitto2000: null } }));
  expect(report).toMatchObject({ mosquitto_msgs_per_s: null, ratio: 0.333, ratio_2000: 0.556 });
});

test('one fault in any of the three floods is told, and is no truth', () => {
  expect(isTrue(ingestReport(findings()))).toBe(true);
  for (const fault of ['lost', 'duplicated', 'duplicatedAlarms', 'missingAlarms'] as const)
    for (const run of ['durable', 'durable2000', 'half'] as const) {
      const faulty = { ...findings()[run], truth: { ...nothingWrong, [fault]: 1 } };
      expect(isTrue(ingestReport(findings({ [run]: faulty })))).toBe(false);
    }
  expect(isTrue(ingestReport(findings({ people: { ...findings().people, unheard: 1 } })))).toBe(false);
});
