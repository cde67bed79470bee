import { Counter, Gauge, type Registry } from 'prom-client';

export interface ReadMetrics {
  counter(name: string, help: string, read: () => number): void;
  byLabel(label: string, name: string, help: string, read: () => Record<string, number>): void;
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
    byLabel: (label, name, help, read) => {
      new Counter({
        name,
        help,
        registers,
        labelNames: [label],
        collect() {
          this.reset();
          for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
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
