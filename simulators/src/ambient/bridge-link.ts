import mqtt, { type MqttClient } from 'mqtt';
import { Failure } from '../station/failure.ts';

export interface BridgeLinkOptions {
  /** Such as `mqtt://127.0.0.1:1883`. */
  url: string;
  username: string;
  secret: string;
  clientId: string;
  /** The link came or went, in words. */
  onNews: (news: string) => void;
}

/** CONNACK codes that no later try makes good: MQTT 3.1.1 4 and 5, MQTT 5 134 and 135. */
const refused = new Set([4, 5, 134, 135]);

/** One MQTT connection that speaks for many devices. It connects again by itself. */
export class BridgeLink {
  readonly #options: BridgeLinkOptions;
  #client: MqttClient | null = null;

  constructor(options: BridgeLinkOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** Resolves with the first connection; a refused credential fails. */
  start(): Promise<void> {
    const { url, username, secret, clientId, onNews } = this.#options;
    const client = mqtt.connect(url, {
      protocolVersion: 5,
      clientId,
      username,
      password: secret,
      reconnectPeriod: 2_000,
      connectTimeout: 10_000,
      keepalive: 30,
      queueQoSZero: false,
    });
    this.#client = client;
    client.on('close', () => onNews('mqtt down'));
    client.on('connect', () => onNews('mqtt up'));
    return new Promise((resolve, reject) => {
      client.once('connect', () => resolve());
      client.on('error', (error) => {
        if (!refused.has(codeOf(error))) return;
        client.end(true);
        reject(new Failure('mqtt-refused', `${url} refuses ${username}: ${error.message}.`));
      });
    });
  }

  /** Publishes with QoS 1; resolves with the PUBACK, which the server gives after its commit. */
  async publish(topic: string, payload: string, retain = false): Promise<void> {
    await this.#client?.publishAsync(topic, payload, { qos: 1, retain });
  }

  /** Publishes with QoS 0; false when the link is down or full. */
  hint(topic: string, payload: string): boolean {
    const client = this.#client;
    if (client === null || !client.connected || client.stream.writableNeedDrain) return false;
    client.publish(topic, payload, { qos: 0 });
    return true;
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync();
    this.#client = null;
  }
}

function codeOf(error: Error): number {
  return 'code' in error && typeof error.code === 'number' ? error.code : 0;
}
