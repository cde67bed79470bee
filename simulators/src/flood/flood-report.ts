import type { FloodFigures } from './flood-figures.ts';

/** What came of a flood, for people and for programs. */
export interface FloodReport {
  connections: number;
  window: number;
  sent: number;
  alarms: number;
  acknowledged: number;
  unacknowledged: number;
  /** PUBLISH packets with DUP, on top of `sent`. */
  resent: number;
  /** PUBACKs that nothing was waiting for. */
  stray_pubacks: number;
  connections_cut: number;
  connections_lost: number;
  /** From the first message to the last acknowledgement. */
  seconds: number;
  /** Acknowledged messages over these seconds. */
  msgs_per_s: number;
  /** From the last message to the last acknowledgement. */
  drained_ms: number;
  /** From when a message was meant to leave to its PUBACK. */
  puback_p50_ms: number;
  puback_p99_ms: number;
  puback_p999_ms: number;
  puback_max_ms: number;
  /** Acknowledged in each second. */
  per_second: number[];
  /** Processor time of the generator, user and system, for each message sent, DUP or not. */
  cpu_us_per_message: number;
}

export interface ReportContext {
  connections: number;
  window: number;
  cpu: NodeJS.CpuUsage;
}

export function reportOf(figures: FloodFigures, { connections, window, cpu }: ReportContext): FloodReport {
  const { sent, alarms, acknowledged, resent, latency, startedAt, lastSentAt, lastAcknowledgedAt } = figures;
  const seconds = Math.max(0.001, (lastAcknowledgedAt - startedAt) / 1000);
  const packets = Math.max(1, sent + resent);
  return {
    connections,
    window,
    sent,
    alarms,
    acknowledged,
    unacknowledged: sent - acknowledged,
    resent,
    stray_pubacks: figures.stray,
    connections_cut: figures.cut,
    connections_lost: figures.lost,
    seconds: rounded(seconds, 3),
    msgs_per_s: Math.round(acknowledged / seconds),
    drained_ms: Math.max(0, Math.round(lastAcknowledgedAt - lastSentAt)),
    puback_p50_ms: rounded(latency.quantileMs(0.5), 2),
    puback_p99_ms: rounded(latency.quantileMs(0.99), 2),
    puback_p999_ms: rounded(latency.quantileMs(0.999), 2),
    puback_max_ms: rounded(latency.quantileMs(1), 2),
    per_second: figures.perSecond,
    cpu_us_per_message: rounded((cpu.user + cpu.system) / packets, 2),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
