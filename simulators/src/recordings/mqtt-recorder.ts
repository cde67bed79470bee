import mqtt, { type MqttClient } from 'mqtt';
import { Failure } from '../station/failure.ts';
import type { RecordingWriter } from './recording-file.ts';

export interface MqttRecorderOptions {
  /** Such as `mqtt://127.0.0.1:1883`. */
  url: string;
  username?: string | undefined;
  password?: string | undefined;
  filters: readonly string[];
  writer: RecordingWriter;
  /** Milliseconds since the recording began. */
  elapsed: () => number;
}

/** Subscribes at a broker and writes what comes: as it was published, RETAIN included (MQTT 5). */
export class MqttRecorder {
  readonly #options: MqttRecorderOptions;
  #client: MqttClient | null = null;

  constructor(options: MqttRecorderOptions) {
    this.#options = options;
  }

  /** Resolves when the broker has granted every filter. */
  async start(): Promise<void> {
    const { url, username, password, filters, writer, elapsed } = this.#options;
    const client = await mqtt
      .connectAsync(url, {
        ...{ protocolVersion: 5, reconnectPeriod: 2000, connectTimeout: 10_000, keepalive: 30 },
        ...(username !== undefined && { username, password: password ?? '' }),
      })
      .catch((error: Error) => {
        throw new Failure('mqtt-refused', `${url} does not let us in: ${error.message}.`);
      });
    this.#client = client;
    client.handleMessage = ({ topic, payload, qos, retain }, next) => {
      const message = { t: elapsed(), topic, qos, retain, payload: Buffer.from(payload) };
      writer.write(message).then(() => next(), next);
    };
    client.on('error', () => {});
    const granted = await client.subscribeAsync([...filters], { qos: 2, rap: true }).catch((error: Error) => {
      throw new Failure('mqtt-refused', `${url} grants no subscription: ${error.message}.`);
    });
    const refused = granted.find(({ qos }) => qos > 2);
    if (refused !== undefined) throw new Failure('mqtt-refused', `${url} refuses to tell ${refused.topic}.`);
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync();
    this.#client = null;
  }
}
