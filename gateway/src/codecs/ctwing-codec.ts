import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import { carrierDialectOf } from '@fenghuo/contracts/carrier.ts';
import { type CtwingMessage, carrierFields, ctwingMessage } from '@fenghuo/contracts/ctwing-message.ts';
import { type CarrierInput, carrierEvents } from './carrier-events.ts';
import { type Codec, type Decoded, misshapen, refuse } from './codec.ts';
import { readJsonPayload } from './json-payload.ts';

/**
 * Message push of China Telecom's AIoT platform CTWing 天翼物联 (formerly AEP): one message a request, of
 * `messageType` `dataReport` (`payload`: the fields, or `{serviceId, serviceData}` of a LwM2M profile, or
 * `{APPdata}`, base64 of the device's own bytes) or `eventReport` (`eventContent`). Online and offline, answers
 * to commands, and `dataReportTupUnion`, which repeats data reports joined, are understood and hold nothing to
 * store. `APPdata` is read when it is JSON; a vendor's binary is refused, and waits in quarantine for a codec.
 *
 * Its counters `upPacketSN` and `upDataSN` are −1 or empty in practice, so a message is known by its content:
 * all of it, the platform's time included.
 */
export const ctwingCodec: Codec = {
  name: 'ctwing',
  matches: ({ original }) => carrierDialectOf(original)?.startsWith('ctwing') ?? false,
  decode: (message, isRegistered) => decode({ ...message, isRegistered }),
};

function decode(input: CarrierInput): Decoded {
  const parsed = readJsonPayload(input.payload);
  if ('reason' in parsed) return refuse(parsed.reason, parsed.detail);
  const { data, error } = ctwingMessage.safeParse(parsed.json, toldBothWays);
  if (error !== undefined) return misshapen(error);
  switch (data.messageType) {
    case 'dataReport':
      return readData(input, data);
    case 'eventReport':
      return report(input, data, data.eventContent ?? {});
    case 'deviceOnlineOfflineReport':
    case 'commandResponse':
    case 'dataReportTupUnion':
      return { events: [] };
    default:
      return refuse('unknown-payload', `messageType ${data.messageType}`);
  }
}

function readData(input: CarrierInput, data: CtwingMessage): Decoded {
  const payload = data.payload ?? {};
  if (typeof payload.APPdata === 'string') {
    const own = readJsonPayload(Buffer.from(payload.APPdata, 'base64'));
    const inner = 'json' in own ? carrierFields.safeParse(own.json) : null;
    if (inner?.success !== true)
      return refuse('unknown-payload', `APPdata of product ${String(data.productId)} is not JSON`);
    return report(input, data, inner.data);
  }
  const profile = carrierFields.safeParse(payload.serviceData);
  return report(input, data, profile.success ? profile.data : payload);
}

function report(input: CarrierInput, data: CtwingMessage, said: Record<string, unknown>): Decoded {
  if (data.timestamp === null || data.timestamp === undefined)
    return refuse('bad-time', 'timestamp is missing');
  return carrierEvents(input, {
    dialect: carrierDialectOf(input.topic.original) ?? 'ctwing',
    names: [data.IMEI, data.imei, data.deviceId],
    time: data.timestamp,
    hasId: true,
    fields: said,
    identity: data,
  });
}
