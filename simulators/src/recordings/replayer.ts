import { setTimeout as pause } from 'node:timers/promises';
import { splitDrill } from '@fenghuo/contracts/topics.ts';
import mqtt, { type MqttClient } from 'mqtt';
import { Failure } from '../station/failure.ts';
import type { OpenRecording } from './recording-file.ts';
import { shiftTimes } from './shift-times.ts';

export interface ReplayerOptions {
  /** Such as `mqtt://127.0.0.1:1883`. */
  url: string;
  username: string;
  password: string;
  /** Drill run to publish under; null: live, as it was recorded. */
  run: string | null;
  /** So many times as fast as it was. */
  speed: number;
  /** Times within messages are moved, so that the recording begins now. */
  shift: boolean;
}

export interface ReplayReport {
  published: number;
  /** Of QoS 0: handed to the connection. */
  acknowledged: number;
  /** By the server, such as a topic that nobody may use there. The others go on. */
  refused: number;
  /** Of a drill, when it is played into live: they stay what they are, and out of it. */
  leftOut: number;
  /** The longest that a message left behind its time, ms: above a few, this machine or the server was too slow. */
  behindMs: number;
  seconds: number;
}

/** Messages whose PUBACK is awaited; past it the next ones wait, in their order. */
const mostInFlight = 500;
/** Shorter waits are not worth a timer. */
const leastWaitMs = 2;

/** Plays a recording over one connection, so that the order in which it was recorded is the order in which it comes. */
export class Replayer {
  readonly report: ReplayReport = {
    published: 0,
    acknowledged: 0,
    refused: 0,
    leftOut: 0,
    behindMs: 0,
    seconds: 0,
  };
  readonly #options: ReplayerOptions;
  #inFlight = 0;
  #failure: Failure | null = null;
  /** Ends a wait for its time: somebody stopped it, or the connection was lost. */
  readonly #over = new AbortController();
  #onSettled: () => void = () => {};

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  /** Resolves when every message was acknowledged; with `signal` aborted, those that had left. */
  async play({ header, messages }: OpenRecording, signal: AbortSignal): Promise<ReplayReport> {
    const client = await this.#connect();
    const { speed, shift } = this.#options;
    const [start, wallStart] = [performance.now(), Date.now()];
    const moved = (ms: number) => wallStart + (ms - header.startedAt) / speed;
    signal.addEventListener('abort', () => this.#over.abort());
    try {
      for await (const { t, topic, qos, retain, payload } of messages) {
        const place = this.#topicOf(topic);
        if (place === null) this.report.leftOut += 1;
        else {
          await this.#until(start + t / speed);
          await this.#settled(mostInFlight - 1);
          if (signal.aborted) break;
          const body = shift ? shiftTimes(payload, header.startedAt + t, moved) : payload;
          this.#publish(client, place, { body, qos, retain });
        }
      }
      await this.#settled(0);
    } finally {
      await client.endAsync(this.#failure !== null);
      this.report.seconds = Math.round(performance.now() - start) / 1000;
    }
    return this.report;
  }

  #topicOf(recorded: string): string | null {
    const { run } = this.#options;
    const of = splitDrill(recorded);
    if (of === null) return null;
    if (run === null) return of.run === null ? recorded : null;
    return `fenghuo-drill/v1/${run}/~/${of.topic}`;
  }

  async #connect(): Promise<MqttClient> {
    const { url, username, password } = this.#options;
    const client = await mqtt
      .connectAsync(url, {
        protocolVersion: 5,
        username,
        password,
        reconnectPeriod: 0,
        connectTimeout: 10_000,
      })
      .catch((error: Error) => {
        throw new Failure('mqtt-refused', `${url} does not let ${username} in: ${error.message}.`);
      });
    client.on('error', () => {});
    client.on('close', () => {
      if (!client.disconnecting) this.#fail(`${url} has closed the connection`);
    });
    return client;
  }

  #fail(why: string): void {
    this.#failure ??= new Failure('mqtt-refused', `${why}.`);
    this.#over.abort();
    this.#onSettled();
  }

  async #until(due: number): Promise<void> {
    const { signal } = this.#over;
    const wait = due - performance.now();
    if (wait > leastWaitMs) await pause(wait, undefined, { signal }).catch(() => {});
    if (!signal.aborted)
      this.report.behindMs = Math.max(this.report.behindMs, Math.round(performance.now() - due));
  }

  /** Resolves when no more than so many are in flight; throws when no answer can come any more. */
  async #settled(most: number): Promise<void> {
    while (this.#inFlight > most && this.#failure === null)
      await new Promise<void>((resolve) => {
        this.#onSettled = resolve;
      });
    if (this.#failure !== null) throw this.#failure;
  }

  #publish(
    client: MqttClient,
    topic: string,
    { body, qos, retain }: { body: Buffer; qos: 0 | 1 | 2; retain: boolean },
  ): void {
    this.report.published += 1;
    this.#inFlight += 1;
    client.publish(topic, body, { qos, retain }, (error) => {
      this.#inFlight -= 1;
      if (!error) this.report.acknowledged += 1;
      else if (isRefusal(error)) this.report.refused += 1;
      else this.#fail(`${topic} was not sent: ${error.message}`);
      this.#onSettled();
    });
  }
}

/** The reason code of a PUBACK or PUBREC (MQTT 5): this message was refused, and the connection stands. */
function isRefusal(error: Error): boolean {
  return 'code' in error && typeof error.code === 'number' && error.code >= 128;
}
