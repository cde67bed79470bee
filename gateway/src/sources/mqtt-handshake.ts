import type { Principal } from '../admission/principals.ts';
import { TokenBucket } from '../admission/rate-limit.ts';
import { type ConnectRequest, newClientId, turnAway, welcome } from './mqtt/connect.ts';
import type { ProtocolVersion } from './mqtt/control-packet.ts';
import { InboundWindow } from './mqtt/inbound-window.ts';
import type { ConnectRefusal } from './mqtt/reason-codes.ts';
import type { Will } from './mqtt/will.ts';
import type { EndpointShared } from './mqtt-endpoint.ts';

/** What a connection keeps once its CONNECT is accepted; its secret is not part of it. */
export interface AdmittedClient {
  readonly principal: Principal;
  readonly version: ProtocolVersion;
  /** Under which the endpoint knows it; see `MqttEndpoint.enter`. */
  readonly key: string;
  /** Silence after which it is taken for gone: 1.5 × keepalive (MQTT-3.1.2-24); 0: never. */
  readonly silentMs: number;
  readonly maximumPacketSize: number;
  readonly bucket: TokenBucket;
  readonly window: InboundWindow;
  will: Will | null;
}

/** `answer`: the CONNACK to send. */
export type Handshake =
  | { client: AdmittedClient; answer: Buffer; refused?: undefined }
  | { refused: ConnectRefusal; answer: Buffer; client?: undefined };

/** Asks the directory who it is. `address`: where it comes from, which Node keeps once it was asked. */
export async function shakeHands(
  request: ConnectRequest,
  address: () => string,
  shared: EndpointShared,
): Promise<Handshake> {
  const { username, password, clientId, version } = request;
  const principal = await shared.authenticate({ username, password, clientId }, address);
  const refused = 'refused' in principal ? principal.refused : whyNotAs(principal, clientId);
  if (refused !== null) return { refused, answer: turnAway(refused, version) };
  return admit(request, principal as Principal, shared);
}

/** A principal may have only one client id; a client that brings none gets that one. */
function whyNotAs(principal: Principal, clientId: string): ConnectRefusal | null {
  const bound = principal.clientId;
  return bound !== null && clientId !== '' && clientId !== bound ? 'client-id-mismatch' : null;
}

function admit(request: ConnectRequest, principal: Principal, shared: EndpointShared): Handshake {
  const { version, keepaliveMs, maximumPacketSize, will } = request;
  const { limits, rates, monotonic } = shared;
  const clientId = request.clientId || (principal.clientId ?? newClientId());
  const client: AdmittedClient = {
    principal,
    version,
    key: principal.kind === 'device' ? principal.name : [principal.name, clientId].join('\n'),
    silentMs: Math.ceil(keepaliveMs * 1.5),
    maximumPacketSize,
    bucket: new TokenBucket(rates[principal.kind], monotonic()),
    window: new InboundWindow(limits.window, version),
    will,
  };
  const answer = welcome({
    version,
    assignedClientId: request.clientId === '' ? clientId : null,
    receiveMaximum: limits.window,
    maximumPacketSize: limits.maxPacketBytes,
  });
  return { client, answer };
}
