import type { ISubscribePacket } from 'mqtt-packet';
import { generateControlPacket, type ProtocolVersion } from './control-packet.ts';

/** Packet ids of the two SUBSCRIBEs; those that the broker chooses for its PUBLISHes are another set (§2.2.1). */
export const subscribeId = { county: 1, broker: 2 } as const;

/** What a session hears of its county. The first is the one without which there is no use in it. */
export function heardFilters({ county, foreignFilters }: Heard): readonly string[] {
  return [
    ...countyFilters(county),
    ...foreignFilters,
    ...foreignFilters.map((one) => `fenghuo-drill/v1/+/~/${one}`),
  ];
}

export interface Heard {
  county: string;
  /** Of foreign dialects, without a drill's prefix. */
  foreignFilters: readonly string[];
}

function countyFilters(county: string): readonly string[] {
  return [
    `fenghuo/v1/${county}/+/event`,
    `fenghuo/v1/${county}/+/heartbeat`,
    `fenghuo-drill/v1/+/~/fenghuo/v1/${county}/+/event`,
  ];
}

/** What Mosquitto says of itself; most other brokers do not, or refuse it. */
export const brokerTopics = {
  version: '$SYS/broker/version',
  dropped: '$SYS/broker/publish/messages/dropped',
} as const;

/**
 * SUBSCRIBE for the county (MQTT §3.8). QoS 1, so nothing comes with QoS 2: the database sees a redelivery
 * anyway, and two more packets a message would buy nothing. MQTT 5: RETAIN as published, so that a retained
 * message says so on every way; retained ones are sent when the subscription is new, since a lost session may
 * have swallowed them. They are stored, marked, and raise nothing. Those of foreign dialects are sent each time: a
 * configuration that is retained is what the states after it are read by.
 */
export function subscribeCounty(heard: Heard, version: ProtocolVersion): Buffer {
  const options = { qos: 1, nl: false, rap: true } as const;
  const own = countyFilters(heard.county).length;
  const subscriptions = heardFilters(heard).map((topic, i) => ({ topic, ...options, rh: i < own ? 1 : 0 }));
  return subscribe(subscribeId.county, subscriptions, version);
}

export function subscribeBroker(version: ProtocolVersion): Buffer {
  const options = { qos: 0, nl: false, rap: true, rh: 0 } as const;
  const subscriptions = Object.values(brokerTopics).map((topic) => ({ topic, ...options }));
  return subscribe(subscribeId.broker, subscriptions, version);
}

function subscribe(
  messageId: number,
  subscriptions: ISubscribePacket['subscriptions'],
  version: ProtocolVersion,
): Buffer {
  return generateControlPacket({ cmd: 'subscribe', messageId, subscriptions }, version);
}
