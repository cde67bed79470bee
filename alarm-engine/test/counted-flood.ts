/** Publishes one message; resolves when it is acknowledged, however often that takes a connection. */
export type Publish = (topic: string, payload: string) => Promise<unknown>;

const topicOf = (device: string) => `fenghuo/v1/331081/${device}/event`;

/** Messages under way for each client: the flood is as fast as they are acknowledged. */
const lanes = 8;
/** Among so many measurements there is one alarm, as long as there are any. */
const alarmEvery = 4;

/**
 * Measurements of `T-1` to `T-20` from several clients without an end, and among them the alarms that it is given,
 * each told twice and by two clients. It counts what it said.
 */
export class CountedFlood {
  /** Different events said, by device. */
  readonly said = new Map<string, number>();
  readonly #clients: readonly Publish[];
  readonly #alarms: { device: string; id: string }[] = [];
  #no = 0;
  #stopping = false;
  #lanes: Promise<unknown> = Promise.resolve();

  constructor(clients: readonly Publish[]) {
    this.#clients = clients;
  }

  start(): void {
    const each = this.#clients.flatMap((publish) => Array.from({ length: lanes }, () => this.#lane(publish)));
    this.#lanes = Promise.all(each);
  }

  /** Lets a detector go off, twice. */
  alarm(device: string): void {
    this.#alarms.push({ device, id: `${device}-first` }, { device, id: `${device}-again` });
  }

  /** Says the last alarms; resolves when all that was said is acknowledged. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lanes;
  }

  async #lane(publish: Publish): Promise<void> {
    while (!this.#stopping || this.#alarms.length > 0) {
      this.#no += 1;
      const alarm = this.#no % alarmEvery === 0 ? this.#alarms.shift() : undefined;
      const device = alarm?.device ?? `T-${1 + (this.#no % 20)}`;
      const what = alarm === undefined ? { seq: this.#no, kind: 'test' } : { id: alarm.id, kind: 'manual' };
      this.said.set(device, (this.said.get(device) ?? 0) + 1);
      await publish(topicOf(device), JSON.stringify({ ...what, ts: Date.now() }));
    }
  }
}
