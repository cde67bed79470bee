import { connect, type Socket } from 'node:net';
import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import { AnswerReader, connectPacket } from '../flood/mqtt-packets.ts';
import type { HostileDeed } from '../scenario/script.ts';
import type { Credential } from './script-flood.ts';

/** What the endpoint did with a deed: took it with a PUBACK, closed the door, or said nothing. */
export type HostileAnswer = 'acknowledged' | 'closed' | 'nothing';

export interface HostileClientOptions {
  target: { host: string; port: number };
  county: string;
  /** Secret of the device, stolen; and the line that a replay comes over. */
  stolen: Credential;
  line: Credential;
  /** Bytes and topic of a publication that has left; null: it has not. */
  said: (publication: number) => { topic: string; payload: string } | null;
}

const patienceMs = 5_000;
const packetId = 7;

/** One bad actor with one device's secret: a connection a deed, over raw TCP, since no client library would do it. */
export class HostileClient {
  readonly answers: Record<HostileAnswer, number> = { acknowledged: 0, closed: 0, nothing: 0 };
  readonly #options: HostileClientOptions;

  constructor(options: HostileClientOptions) {
    this.#options = options;
  }

  async do(deed: HostileDeed): Promise<HostileAnswer> {
    const bytes = this.#packetOf(deed);
    const { stolen, line } = this.#options;
    const credential = deed.act === 'replayed' ? line : stolen;
    const answer = bytes === null ? 'nothing' : await this.#send(bytes, credential);
    this.answers[answer] += 1;
    return answer;
  }

  #packetOf({ act, device, target, replays, bytes }: HostileDeed): Buffer | null {
    const { county, said } = this.#options;
    const topicOf = (deviceId: string) => deviceTopic({ county, deviceId, channel: 'event', run: null });
    switch (act) {
      case 'garbage':
      case 'giant':
        return publish(topicOf(device), bytes);
      case 'forged':
        return publish(topicOf(target), bytes);
      case 'replayed': {
        const again = replays === null ? null : said(replays);
        return again === null ? null : publish(again.topic, Buffer.from(again.payload));
      }
    }
  }

  #send(bytes: Buffer, credential: Credential): Promise<HostileAnswer> {
    const { target } = this.#options;
    return new Promise((resolve) => {
      const socket = connect(target);
      const done = (answer: HostileAnswer) => {
        clearTimeout(timer);
        resolve(answer);
        socket.destroy();
      };
      const timer = setTimeout(() => done('nothing'), patienceMs);
      const answers = new AnswerReader({
        connack: (code) => (code === 0 ? socket.write(bytes) : done('closed')),
        puback: () => done('acknowledged'),
        nonsense: () => done('nothing'),
      });
      socket.on('data', (data: Buffer) => answers.read(data, data.length));
      whenGone(socket, () => done('closed'));
      socket.write(connectPacket({ clientId: `hostile-${process.pid}`, credential, keepaliveS: 30 }));
    });
  }
}

function whenGone(socket: Socket, tell: () => void): void {
  socket.on('error', tell).on('close', tell);
}

/** PUBLISH, QoS 1 (MQTT 3.1.1 §3.3), of any length. */
function publish(topic: string, payload: Buffer): Buffer {
  const name = Buffer.from(topic);
  const head = Buffer.from([name.length >>> 8, name.length & 255]);
  const body = Buffer.concat([head, name, Buffer.from([0, packetId]), payload]);
  const length: number[] = [];
  for (let rest = body.length; rest > 0 || length.length === 0; rest >>>= 7)
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([0x32, ...length]), body]);
}
