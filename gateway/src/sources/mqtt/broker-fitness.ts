import { maxPayloadBytes } from '@fenghuo/contracts/device-message.ts';
import { type BrokerWelcome, sessionExpiryS } from './broker-welcome.ts';
import { brokerTopics } from './session-filters.ts';

/** Topic and properties of a PUBLISH, as far as devices make use of them. Bytes. */
const envelopeBytes = 1024;

/**
 * What a broker says of itself in CONNACK (MQTT 5 §3.2.2.3) that would lose messages, a sentence each. Its
 * receive maximum binds what we publish to it, which is nothing; that it retains nothing is fine.
 */
export function unfitness(welcome: BrokerWelcome): string[] {
  const { sessionExpiryS: expiry, maximumQos, maximumPacketSize, wildcards } = welcome;
  const sentences: string[] = [];
  if (maximumQos === 0)
    sentences.push('The broker takes QoS 0 only: what is on its way when something breaks is lost.');
  if (expiry === 0)
    sentences.push('The broker keeps no session: what is published while this server is away is lost.');
  else if (expiry !== null && expiry < sessionExpiryS)
    sentences.push(`The broker forgets this server ${expiry} s after it went away, and what came meanwhile.`);
  if (maximumPacketSize !== null && maximumPacketSize < maxPayloadBytes + envelopeBytes)
    sentences.push(
      `The broker takes packets up to ${maximumPacketSize} bytes; events may have ${maxPayloadBytes}.`,
    );
  if (!wildcards)
    sentences.push('The broker allows no wildcards, so the devices of a county cannot be heard.');
  return sentences;
}

/** What SUBACK granted (MQTT §3.9) that would lose messages. */
export function weakGrant(filter: string, granted: number): string | null {
  if (granted === 0) return `The broker grants ${filter} with QoS 0 only: what is on its way is lost.`;
  return granted >= 0x80 ? `The broker refuses ${filter} (${granted}): its access list must allow it.` : null;
}

/** What Mosquitto tells of itself on `$SYS`, as far as it is understood. */
export type BrokerNews = { version: string } | { dropped: number };

export function readBrokerNews(topic: string, payload: Buffer): BrokerNews | null {
  const text = payload.toString('utf8', 0, 200);
  if (topic === brokerTopics.version) return { version: text };
  const dropped = Number(text);
  return topic === brokerTopics.dropped && Number.isSafeInteger(dropped) ? { dropped } : null;
}
