import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
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

/**
 * Subscribes at a broker and writes what comes: as it was published, RETAIN included (MQTT 5). A message of QoS 2 counts as
 * it comes, not when its sender releases it: later it would stand behind what came after it, or be missing at the end.
 */
export class MqttRecorder {
  readonly #options: MqttRecorderOptions;
  #client: MqttClient | null = null;

  constructor(options: MqttRecorderOptions) {
    this.#options = options;
  }

  /** Resolves when the broker has granted every filter. */
  async start(): Promise<void> {
    const { url, username, password, filters } = this.#options;
    const client = await mqtt
      .connectAsync(url, {
        ...{ protocolVersion: 5, reconnectPeriod: 2000, connectTimeout: 10_000, keepalive: 30 },
        ...{ customHandleAcks: this.#recordAcknowledged },
        ...(username !== undefined && { username, password: password ?? '' }),
      })
      .catch((error: Error) => {
        throw new Failure('mqtt-refused', `${url} does not let us in: ${error.message}.`);
      });
    client.handleMessage = (packet, next) => {
      if (packet.qos === 0) this.#record(packet).then(() => next(), next);
      else next();
    };
    this.#client = client;
    client.on('error', () => {});
    const granted = await client.subscribeAsync([...filters], { qos: 2, rap: true }).catch((error: Error) => {
      throw new Failure('mqtt-refused', `${url} grants no subscription: ${error.message}.`);
    });
    const refused = granted.find(({ qos }) => qos > 2);
    if (refused !== undefined) throw new Failure('mqtt-refused', `${url} refuses to tell ${refused.topic}.`);
  }

  /** Of QoS 1 and 2; it is acknowledged once there is room for more. */
  readonly #recordAcknowledged = (
    ...[, , packet, acknowledge]: Parameters<NonNullable<IClientOptions['customHandleAcks']>>
  ): void => {
    this.#record(packet).then(() => acknowledge(0), acknowledge);
  };

  #record({ topic, payload, qos, retain }: IPublishPacket): Promise<void> {
    const { writer, elapsed } = this.#options;
    return writer.write({ t: elapsed(), topic, qos, retain, payload: Buffer.from(payload) });
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync();
    this.#client = null;
  }
}
