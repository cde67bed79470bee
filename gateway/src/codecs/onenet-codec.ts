import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import { carrierDialectOf } from '@fenghuo/contracts/carrier.ts';
import { oneNetPoint, oneNetThing } from '@fenghuo/contracts/onenet-message.ts';
import { type CarrierInput, carrierEvents } from './carrier-events.ts';
import { type Codec, type Decoded, misshapen, refuse } from './codec.ts';
import { readJsonPayload } from './json-payload.ts';

/**
 * HTTP push of China Mobile's OneNET, a message out of its signed envelope (`sources/push/onenet-envelope.ts`).
 * Older platform: `type` 1 a data point (`ds_id`, for LwM2M `{object}_{instance}_{resource}`; `value`; `at`), 2
 * online and offline, 7 an answer to a cached command. Newer platform: `messageType` `notify` with `notifyType`
 * `property` or `event` and `data.params` of `{identifier: {value, time}}`, `lifeCycle`, `reply`. What neither
 * carries an event nor fails is understood and holds nothing to store.
 *
 * A message is known by its content, the times in it included, since the platform sends it up to 16 times more
 * when it hears nothing.
 */
export const oneNetCodec: Codec = {
  name: 'onenet',
  matches: ({ original }) => carrierDialectOf(original) === 'onenet',
  decode: (message, isRegistered) => decode({ ...message, isRegistered }),
};

function decode(input: CarrierInput): Decoded {
  const parsed = readJsonPayload(input.payload);
  if ('reason' in parsed) return refuse(parsed.reason, parsed.detail);
  const { json } = parsed;
  if (typeof json === 'object' && json !== null && 'enc_msg' in json)
    return refuse('unknown-payload', 'encrypted: choose plain text for the push and https for its address');
  const isThing = typeof json === 'object' && json !== null && 'messageType' in json;
  return isThing ? readThing(input, json) : readPoint(input, json);
}

function readPoint(input: CarrierInput, json: unknown): Decoded {
  const { data: point, error } = oneNetPoint.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapen(error);
  if (point.type === 2 || point.type === 7) return { events: [] };
  if (point.type !== 1) return refuse('unknown-payload', `type ${point.type}`);
  if (point.ds_id === undefined) return refuse('schema', 'ds_id: missing');
  if (point.at === null || point.at === undefined) return refuse('bad-time', 'at is missing');
  return carrierEvents(input, {
    dialect: 'onenet',
    names: [point.imei, point.dev_id],
    time: point.at,
    hasId: true,
    fields: Object.fromEntries(unfold(point.ds_id, point.value)),
    identity: point,
  });
}

function readThing(input: CarrierInput, json: unknown): Decoded {
  const { data: said, error } = oneNetThing.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapen(error);
  if (said.messageType === 'lifeCycle' || said.messageType === 'reply') return { events: [] };
  if (said.messageType !== 'notify') return refuse('unknown-payload', `messageType ${said.messageType}`);
  const params = Object.entries(said.data?.params ?? {});
  const times = params.map(([, param]) => param.time).filter((one) => one !== null && one !== undefined);
  return carrierEvents(input, {
    dialect: 'onenet',
    names: [said.imei, said.deviceInfo?.imei, said.deviceName, said.deviceInfo?.deviceName, said.deviceId],
    time: latest(times),
    hasId: said.data?.id !== null && said.data?.id !== undefined,
    fields: Object.fromEntries(params.flatMap(([key, param]) => unfold(key, param.value))),
    identity: said,
  });
}

/** A plain value is a field; an event, or a stream of objects, is what it consists of. */
function unfold(key: string, value: unknown): [string, unknown][] {
  const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
  return nested ? Object.entries(value) : [[key, value]];
}

/** The times of one message differ by milliseconds. One that is none is handed on, to be refused. */
function latest(times: readonly (string | number)[]): string | number | null {
  const numbers = times.map(Number);
  const odd = times.find((_, i) => !Number.isFinite(numbers[i]));
  return odd ?? (times.length === 0 ? null : Math.max(...numbers));
}
