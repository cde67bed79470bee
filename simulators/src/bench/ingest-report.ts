import type { FloodReport } from '../flood/flood-report.ts';
import type { DurableRun } from './durable-run.ts';
import { steadyRate } from './raw-rates.ts';
import type { ScreenAndDesk } from './screen-and-desk.ts';

/** What `npm run bench:ingest -- --json` prints. Null: not to be had here (no Mosquitto, no `/proc`). */
export interface IngestReport {
  raw_msgs_per_s: number;
  mosquitto_msgs_per_s: number | null;
  durable_events_per_s: number;
  /** Durable over Mosquitto's raw rate; over the bare endpoint's where Mosquitto is not installed. */
  ratio: number;
  raw_2000: number;
  mosquitto_2000: number | null;
  durable_2000: number;
  ratio_2000: number;
  /** From when a high alarm was meant to leave its device until a socket client had it, at half pace. */
  p50_ms: number;
  p99_ms: number;
  /** Reads of a desk meanwhile. */
  rest_p99_ms: number;
  /** Acknowledged and not stored; stored more than once; over all three floods. */
  lost: number;
  duplicated: number;
  duplicated_alarms: number;
  /** Acknowledged alarms of which there is no alarm, and high ones of which the socket said nothing. */
  missing_alarms: number;
  unheard_alarms: number;
  /** Most memory that a server ever held. 10⁶ bytes. */
  rss_mb: number | null;
  /** From the last message to the last acknowledgement, at full pace, the longer one. */
  drained_ms: number;
  seconds: number;
  half_rate: number;
  /** Processor time at 50 × 50; Postgres with all its processes. */
  server_cpu_us_per_event: number | null;
  postgres_cpu_us_per_event: number | null;
  generator_cpu_us_per_event: number;
  server_cpu_us_per_event_2000: number | null;
  postgres_cpu_us_per_event_2000: number | null;
}

export interface IngestFindings {
  raw: {
    bare: FloodReport;
    mosquitto: FloodReport | null;
    bare2000: FloodReport;
    mosquitto2000: FloodReport | null;
  };
  durable: DurableRun;
  durable2000: DurableRun;
  half: DurableRun;
  people: Pick<ScreenAndDesk, 'alarms' | 'reads' | 'unheard'>;
  seconds: number;
}

export function ingestReport({
  raw,
  durable,
  durable2000,
  half,
  people,
  seconds,
}: IngestFindings): IngestReport {
  const runs = [durable, durable2000, half];
  const sum = (of: (run: DurableRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const rates = { bare: steadyRate(raw.bare), bare2000: steadyRate(raw.bare2000) };
  const mosquitto = raw.mosquitto && steadyRate(raw.mosquitto);
  const mosquitto2000 = raw.mosquitto2000 && steadyRate(raw.mosquitto2000);
  return {
    raw_msgs_per_s: rates.bare,
    mosquitto_msgs_per_s: mosquitto,
    durable_events_per_s: durable.flood.msgs_per_s,
    ratio: rounded(durable.flood.msgs_per_s / (mosquitto ?? rates.bare), 3),
    raw_2000: rates.bare2000,
    mosquitto_2000: mosquitto2000,
    durable_2000: durable2000.flood.msgs_per_s,
    ratio_2000: rounded(durable2000.flood.msgs_per_s / (mosquitto2000 ?? rates.bare2000), 3),
    p50_ms: rounded(people.alarms?.quantileMs(0.5) ?? 0, 1),
    p99_ms: rounded(people.alarms?.quantileMs(0.99) ?? 0, 1),
    rest_p99_ms: rounded(people.reads.quantileMs(0.99), 1),
    lost: sum(({ truth }) => truth.lost),
    duplicated: sum(({ truth }) => truth.duplicated),
    duplicated_alarms: sum(({ truth }) => truth.duplicatedAlarms),
    missing_alarms: sum(({ truth }) => truth.missingAlarms),
    unheard_alarms: people.unheard,
    rss_mb: megabytes(runs.map(({ serverPeakBytes }) => serverPeakBytes)),
    drained_ms: Math.max(durable.flood.drained_ms, durable2000.flood.drained_ms),
    seconds,
    half_rate: half.flood.msgs_per_s,
    server_cpu_us_per_event: perEvent(durable.serverCpuUs, durable),
    postgres_cpu_us_per_event: perEvent(durable.postgresCpuUs, durable),
    generator_cpu_us_per_event: durable.flood.cpu_us_per_message,
    server_cpu_us_per_event_2000: perEvent(durable2000.serverCpuUs, durable2000),
    postgres_cpu_us_per_event_2000: perEvent(durable2000.postgresCpuUs, durable2000),
  };
}

/** True when what was acknowledged is there, once, and was told. */
export function isTrue(report: IngestReport): boolean {
  const { lost, duplicated, duplicated_alarms, missing_alarms, unheard_alarms } = report;
  return lost + duplicated + duplicated_alarms + missing_alarms + unheard_alarms === 0;
}

function perEvent(us: number | null, { flood }: DurableRun): number | null {
  return us === null ? null : rounded(us / Math.max(1, flood.acknowledged), 2);
}

function megabytes(peaks: readonly (number | null)[]): number | null {
  const known = peaks.filter((bytes) => bytes !== null);
  return known.length === 0 ? null : Math.round(Math.max(...known) / 1e6);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
