import { Counter, Gauge, type Registry } from 'prom-client';

export interface ReadMetrics {
  counter(name: string, help: string, read: () => number): void;
  byReason(name: string, help: string, read: () => Record<string, number>): void;
  gauge(name: string, help: string, read: () => number): void;
}

/** Metrics that cost nothing until they are collected: each is then read off a tally. */
export function readMetrics(registry: Registry): ReadMetrics {
  const registers = [registry];
  return {
    counter: (name, help, read) => {
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    },
    byReason: (name, help, read) => {
      new Counter({
        name,
        help,
        registers,
        labelNames: ['reason'],
        collect() {
          this.reset();
          for (const [reason, count] of Object.entries(read())) this.inc({ reason }, count);
        },
      });
    },
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
  };
}
