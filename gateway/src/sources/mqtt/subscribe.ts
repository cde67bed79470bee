import type { ISubscribePacket, IUnsubscribePacket } from 'mqtt-packet';
import type { Principal } from '../../admission/principals.ts';
import { mayHear } from '../../admission/topic-permission.ts';
import { generateControlPacket, type ProtocolVersion } from './control-packet.ts';
import { type CloseReason, code } from './reason-codes.ts';

/** SUBACK (MQTT §3.9): granted, at QoS 1 at most, is what the principal may hear; nothing else is. */
export function answerSubscribe(
  packet: ISubscribePacket,
  principal: Principal,
  version: ProtocolVersion,
): Buffer | CloseReason {
  const { messageId, subscriptions } = packet;
  const fault = faultOf(
    messageId,
    subscriptions.map(({ topic }) => topic),
  );
  if (fault !== null) return fault;
  const granted = subscriptions.map(({ topic, qos }) =>
    mayHear(principal, topic) ? Math.min(qos, 1) : version === 4 ? code.failure : whyNot(topic),
  );
  return generateControlPacket({ cmd: 'suback', messageId: messageId!, granted }, version);
}

/** UNSUBACK (MQTT §3.11). */
export function answerUnsubscribe(
  packet: IUnsubscribePacket,
  principal: Principal,
  version: ProtocolVersion,
): Buffer | CloseReason {
  const { messageId, unsubscriptions } = packet;
  const fault = faultOf(messageId, unsubscriptions);
  if (fault !== null) return fault;
  const granted = unsubscriptions.map((filter) =>
    mayHear(principal, filter) ? code.success : code.noSubscriptionExisted,
  );
  return generateControlPacket({ cmd: 'unsuback', messageId: messageId!, granted }, version);
}

/** What the parser lets pass: packet id 0 (MQTT §2.3.1), no filter at all (§3.8.3), NUL or broken UTF-8 in one. */
function faultOf(messageId: number | undefined, filters: readonly string[]): CloseReason | null {
  if (messageId === undefined || messageId <= 0) return 'malformed-packet';
  if (filters.length === 0) return 'protocol-error';
  return filters.some((filter) => filter === '' || /[\0\ufffd]/.test(filter)) ? 'malformed-packet' : null;
}

function whyNot(filter: string): number {
  if (filter.startsWith('$share/')) return code.sharedNotSupported;
  return /[+#]/.test(filter) ? code.wildcardNotSupported : code.notAuthorised;
}
