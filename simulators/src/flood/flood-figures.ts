import { LatencyHistogram } from './latency-histogram.ts';

/** What a flood counts while it runs. */
export class FloodFigures {
  /** Messages, each once however often it was sent. */
  sent = 0;
  alarms = 0;
  /** Messages, each once however often it was acknowledged. */
  acknowledged = 0;
  /** PUBLISH packets with DUP. */
  resent = 0;
  /** PUBACKs that nothing was waiting for. */
  stray = 0;
  /** Connections that were cut on purpose, and lost otherwise. */
  cut = 0;
  lost = 0;
  readonly latency = new LatencyHistogram();
  /** Acknowledged in each second since the start. */
  readonly perSecond: number[] = [];
  startedAt = 0;
  lastSentAt = 0;
  lastAcknowledgedAt = 0;

  /** `intendedAt`: when it was meant to leave. Both in ms of `performance.now()`. */
  acknowledge(intendedAt: number, now: number): void {
    this.acknowledged++;
    this.latency.record((now - intendedAt) * 1000);
    this.lastAcknowledgedAt = now;
    const second = Math.floor((now - this.startedAt) / 1000);
    while (this.perSecond.length <= second) this.perSecond.push(0);
    this.perSecond[second]! += 1;
  }
}
