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
  acknowledged: number;
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
  readonly report: ReplayReport = { published: 0, acknowledged: 0, leftOut: 0, behindMs: 0, seconds: 0 };
  readonly #options: ReplayerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: Failure | null = null;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  /** Resolves when every message was acknowledged; with `signal` aborted, those that had left. */
  async play({ header, messages }: OpenRecording, signal: AbortSignal): Promise<ReplayReport> {
    const client = await this.#connect();
    const { speed, shift } = this.#options;
    const [start, wallStart] = [performance.now(), Date.now()];
    const moved = (ms: number) => wallStart + (ms - header.startedAt) / speed;
    try {
      for await (const { t, topic, qos, retain, payload } of messages) {
        const place = this.#topicOf(topic);
        if (place === null) this.report.leftOut += 1;
        else {
          await this.#until(start + t / speed, signal);
          if (signal.aborted) break;
          const body = shift ? shiftTimes(payload, header.startedAt + t, moved) : payload;
          await this.#publish(client, place, { body, qos, retain });
        }
        if (this.#failure !== null) throw this.#failure;
      }
      await Promise.all(this.#inFlight);
      if (this.#failure !== null) throw this.#failure;
    } finally {
      await client.endAsync();
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
      if (client.disconnecting) return;
      this.#failure ??= new Failure('mqtt-refused', `${url} has closed the connection.`);
    });
    return client;
  }

  async #until(due: number, signal: AbortSignal): Promise<void> {
    const wait = due - performance.now();
    if (wait > leastWaitMs) await pause(wait, undefined, { signal }).catch(() => {});
    this.report.behindMs = Math.max(this.report.behindMs, Math.round(performance.now() - due));
  }

  async #publish(
    client: MqttClient,
    topic: string,
    { body, qos, retain }: { body: Buffer; qos: 0 | 1 | 2; retain: boolean },
  ): Promise<void> {
    while (this.#inFlight.size >= mostInFlight && this.#failure === null) await Promise.race(this.#inFlight);
    this.report.published += 1;
    const sent = client
      .publishAsync(topic, body, { qos, retain })
      .then(
        () => {
          this.report.acknowledged += 1;
        },
        (error: Error) => {
          this.#failure ??= new Failure('mqtt-refused', `${topic} was refused: ${error.message}.`);
        },
      )
      .finally(() => this.#inFlight.delete(sent));
    this.#inFlight.add(sent);
  }
}
