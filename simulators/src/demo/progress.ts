/** Where progress is written. */
export interface Screen {
  write: (text: string) => unknown;
  /** A terminal on which a line can be written over. */
  isTTY: boolean;
  /** Its width now; people pull at their windows. */
  columns: () => number;
}

export interface Step {
  /** What it is doing now. */
  doing: (detail: string) => void;
  /** It is done; `result` stands beside its seconds. */
  done: (result: string) => void;
}

interface RunningStep {
  name: string;
  startedAt: number;
  detail: string;
}

const redrawMs = 200;

/**
 * Steps that run side by side. On a terminal a line at the bottom shows all of them with their seconds; on
 * anything else each says a line when it begins and one when it is done.
 */
export class Progress {
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #steps: RunningStep[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `now` in milliseconds, from any origin. */
  constructor(screen: Screen, now: () => number) {
    this.#screen = screen;
    this.#now = now;
  }

  start(): void {
    if (this.#screen.isTTY) this.#timer = setInterval(() => this.#draw(), redrawMs);
  }

  /** Takes the live line away. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#steps.length = 0;
    this.#draw();
  }

  step(name: string): Step {
    const step = { name, startedAt: this.#now(), detail: '' };
    this.#steps.push(step);
    if (!this.#screen.isTTY) this.say(`${name} …`);
    return {
      doing: (detail) => {
        step.detail = detail;
      },
      done: (result) => {
        this.#steps.splice(this.#steps.indexOf(step), 1);
        this.say(`${name}: ${result} (${seconds(this.#now() - step.startedAt)})`);
      },
    };
  }

  /** A line that stays. */
  say(line: string): void {
    this.#screen.write(this.#screen.isTTY ? `\r\x1b[K${line}\n` : `${line}\n`);
    this.#draw();
  }

  #draw(): void {
    if (!this.#screen.isTTY) return;
    this.#screen.write(`\r\x1b[K${liveLine(this.#steps, this.#now(), this.#screen.columns())}`);
  }
}

/** The line at the bottom, cut to the width of the terminal. */
export function liveLine(steps: readonly RunningStep[], now: number, columns: number): string {
  const parts = steps.map(({ name, startedAt, detail }) => {
    const spent = `${Math.floor((now - startedAt) / 1000)} s`;
    return detail === '' ? `${name} ${spent}` : `${name} ${spent}: ${detail}`;
  });
  const line = parts.join(' · ');
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
