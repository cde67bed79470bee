import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import type { ClientBase } from 'pg';
import type { RecordedMessage, RecordingHeader } from './recorded-message.ts';
import type { OpenRecording } from './recording-file.ts';
import { listPastEvents, type PastEvent, type PastEventsWish } from './sql/list-past-events.ts';

const pageOf = 5000;

/**
 * History as a recording: what devices reported in a time, in our own payload, whatever dialect it came in. It begins
 * with the first of it. A redelivery that changed nothing is not in it, nor a heartbeat.
 */
export async function pastRecording(
  db: ClientBase,
  wish: Pick<PastEventsWish, 'county' | 'area' | 'from' | 'to'>,
): Promise<OpenRecording> {
  const pageAfter = (afterNo: number) => listPastEvents(db, { ...wish, afterNo, limit: pageOf });
  const first = await pageAfter(-1);
  const startedAt = first[0]?.receivedAt ?? wish.from;
  async function* messages(): AsyncGenerator<RecordedMessage> {
    for (let page = first; page.length > 0; page = await pageAfter(page.at(-1)!.no))
      for (const event of page) yield messageOf(event, wish.county, startedAt);
  }
  const header: RecordingHeader = {
    ...{ fenghuo: 'recording', version: 1, startedAt, source: 'history', filters: [wish.area] },
  };
  return { header, messages: messages() };
}

function messageOf(event: PastEvent, county: string, startedAt: number): RecordedMessage {
  const { no, device: deviceId, at, receivedAt, kind, state, value, unit, attrs, retained } = event;
  const message = {
    ...{ id: `past-${no}`, kind, state },
    ...(at !== null && { ts: Math.round(at) }),
    ...(value !== null && { value }),
    ...(unit !== null && { unit }),
    ...(attrs !== null && { attrs: attrs as NonNullable<DeviceMessage['attrs']> }),
  } satisfies DeviceMessage;
  return {
    t: Math.max(0, receivedAt - startedAt),
    topic: deviceTopic({ county, deviceId, channel: 'event', run: null }),
    ...{ qos: 1, retain: retained, payload: Buffer.from(JSON.stringify(message)) },
  };
}
