import type { NamedAlarm, Verdict } from '../verdict/verdict.ts';
import type { RunEvent, RunMoment } from './run-event.ts';

/** Where progress is written; see `demo/progress.ts`. */
export interface DisplayScreen {
  write: (text: string) => unknown;
  /** A terminal on which a line can be written over. */
  isTTY: boolean;
  columns: () => number;
}

const barCells = 20;

/** A run on a terminal: one line that is written over each second; elsewhere a line a second. */
export class RunDisplay {
  readonly #screen: DisplayScreen;
  #durationMs = 0;
  #expected = 0;
  #before: RunMoment | null = null;
  #isOpen = false;

  constructor(screen: DisplayScreen) {
    this.#screen = screen;
  }

  /** Something to say that is no part of the run. */
  note(line: string): void {
    this.#closeLine();
    this.#screen.write(`flood: ${line}\n`);
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case 'composed':
        this.#durationMs = event.durationMs;
        this.#expected = event.alarms;
        this.note(
          `${event.publications} messages in ${seconds(event.durationMs)}, ${event.alarms} alarms foretold`,
        );
        return;
      case 'opened':
        this.note(
          `${event.connections} connections are open${event.run === null ? '' : `, drill ${event.run}`}`,
        );
        return;
      case 'moment':
        this.#showMoment(event.moment);
        return;
      case 'settling':
        this.note(`all is said; ${seconds(event.forMs)} for what the engine does by its clock`);
        return;
      case 'judged':
        for (const line of conclusionOf(event.verdict)) this.note(line);
        return;
      case 'paused':
      case 'resumed':
      case 'stopping':
        this.note(event.type);
    }
  }

  #showMoment(moment: RunMoment): void {
    const line = lineOf(moment, this.#before, { durationMs: this.#durationMs, expected: this.#expected });
    this.#before = moment;
    if (!this.#screen.isTTY) {
      this.#screen.write(`flood: ${line}\n`);
      return;
    }
    this.#screen.write(`\r\x1b[K${line.slice(0, this.#screen.columns() - 1)}`);
    this.#isOpen = true;
  }

  #closeLine(): void {
    if (this.#isOpen) this.#screen.write('\n');
    this.#isOpen = false;
  }
}

const mostNamed = 5;

/** What was not kept, and a few of the alarms by name: who sees `failed` asks which. */
function conclusionOf({ ok, judged, missed, false: uncalled }: Verdict): string[] {
  const broken = judged
    .filter((one) => !one.ok)
    .map(({ name, asked, found, unit }) => {
      const shown = found === null ? 'not checked' : `${found} ${unit}`.trim();
      return `${name} is ${shown}, asked ${asked}`;
    });
  const named = (what: string, alarms: readonly NamedAlarm[]) =>
    alarms
      .slice(0, mostNamed)
      .map(({ device, kind, drill }) => `${what}: ${device} ${kind}${drill ? ', drill' : ''}`);
  return [
    ...broken,
    ...named('missed', missed),
    ...named('not foretold', uncalled),
    ok ? 'passed' : 'failed',
  ];
}

/** Rate, acknowledged, unacknowledged, lag, alarms seen. */
function lineOf(
  moment: RunMoment,
  before: RunMoment | null,
  { durationMs, expected }: { durationMs: number; expected: number },
): string {
  const done = Math.min(1, durationMs === 0 ? 1 : moment.elapsedMs / durationMs);
  const full = Math.round(done * barCells);
  const rate = moment.published - (before?.published ?? 0);
  return [
    `[${'█'.repeat(full)}${'·'.repeat(barCells - full)}] ${seconds(moment.elapsedMs)}`,
    `${rate}/s`,
    `${moment.acknowledged} acked`,
    `${moment.unacknowledged} unacked`,
    `lag p99 ${Math.round(moment.lagMs)} ms`,
    `alarms ${moment.alarmsSeen}/${expected}`,
    `tickets ${moment.ticketsSeen}`,
    ...(moment.paused ? ['paused'] : []),
  ].join('  ');
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
