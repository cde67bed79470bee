/** When each message is to leave. Times are milliseconds of `performance.now()`. */
export interface Pace {
  /** A message may wait until it leaves together with others. */
  readonly gathers: boolean;
  /** The moment meant for a message; later than `now`: not yet; Infinity: never, the flood is over. */
  intendedAt(connection: number, place: number, now: number): number;
  /** Connections that have come to their turn since the last call. */
  due(now: number): Iterable<number>;
  /** Nothing more leaves from `now` on. */
  end(now: number): void;
  /** True when every message has come to its turn. */
  isOver(now: number): boolean;
}

/** Closed loop: each connection as fast as its window lets it. */
export class FullPace implements Pace {
  readonly gathers = true;
  #endsAt: number;

  constructor(endsAt: number) {
    this.#endsAt = endsAt;
  }

  intendedAt(_connection: number, _place: number, now: number): number {
    return now < this.#endsAt ? now : Number.POSITIVE_INFINITY;
  }

  due(): Iterable<number> {
    return [];
  }

  end(now: number): void {
    this.#endsAt = Math.min(this.#endsAt, now);
  }

  isOver(now: number): boolean {
    return now >= this.#endsAt;
  }
}

export interface SteadyPaceOptions {
  startsAt: number;
  durationMs: number;
  /** Messages a second, all connections together. */
  rate: number;
  connections: number;
  /** A connection's turn is this many messages: a bridge writes a few at a time. */
  turn: number;
}

/**
 * Open loop: message `n` is meant for `startsAt + n / rate`, whatever became of those before it. One that has to
 * wait for a window or for a server that stands still is late from the moment meant for it (no coordinated
 * omission). Turns go round the connections.
 */
export class SteadyPace implements Pace {
  readonly gathers = false;
  readonly #options: SteadyPaceOptions;
  #total: number;
  #turnsBegun = 0;

  constructor(options: SteadyPaceOptions) {
    this.#options = options;
    this.#total = Math.floor((options.rate * options.durationMs) / 1000);
  }

  /** Number of a message among all, from 0. */
  #numberOf(connection: number, place: number): number {
    const { connections, turn } = this.#options;
    return (Math.floor(place / turn) * connections + connection) * turn + (place % turn);
  }

  intendedAt(connection: number, place: number): number {
    const number = this.#numberOf(connection, place);
    const { startsAt, rate } = this.#options;
    return number < this.#total ? startsAt + (number * 1000) / rate : Number.POSITIVE_INFINITY;
  }

  *due(now: number): Iterable<number> {
    const { connections, turn } = this.#options;
    const turns = Math.ceil(this.#dueBy(now) / turn);
    const first = Math.max(this.#turnsBegun - 1, turns - connections, 0);
    for (let i = first; i < turns; i++) yield i % connections;
    this.#turnsBegun = turns;
  }

  end(now: number): void {
    this.#total = this.#dueBy(now);
  }

  isOver(now: number): boolean {
    return this.#dueBy(now) >= this.#total;
  }

  /** How many messages have come to their turn. */
  #dueBy(now: number): number {
    const { startsAt, rate } = this.#options;
    const due = Math.floor(((now - startsAt) * rate) / 1000) + 1;
    return Math.max(0, Math.min(this.#total, due));
  }
}
