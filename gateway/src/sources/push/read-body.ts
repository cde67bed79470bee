import type { IncomingMessage } from 'node:http';
import { PushRefusal } from './push-answers.ts';

export interface BodyLimits {
  bytes: number;
  /** For the whole body, however it trickles in. */
  withinMs: number;
}

/** Reads a body, or throws a {@link PushRefusal}: it never holds more than the limit, nor for longer. */
export async function readBody(request: IncomingMessage, { bytes, withinMs }: BodyLimits): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bytes) throw new PushRefusal('body-too-large');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length > bytes) reject(new PushRefusal('body-too-large'));
    else parts.push(part);
  };
  const cutShort = () => reject(new PushRefusal('slow-body'));
  const timer = setTimeout(cutShort, withinMs);
  const heard = { data: take, end: resolve, close: cutShort, error: cutShort };
  for (const [event, listener] of Object.entries(heard)) request.on(event, listener);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    for (const [event, listener] of Object.entries(heard)) request.off(event, listener);
  }
  if (length === 0) throw new PushRefusal('empty-body');
  return Buffer.concat(parts, length);
}
