import type { IncomingMessage } from 'node:http';
import { PushRefusal } from './push-answers.ts';

export interface BodyLimits {
  bytes: number;
  /** For the whole body, however it trickles in. */
  withinMs: number;
}

/** Reads a body, or throws a {@link PushRefusal}: it never holds more than the limit, nor for longer. */
export function readBody(request: IncomingMessage, { bytes, withinMs }: BodyLimits): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytes) return Promise.reject(new PushRefusal('body-too-large'));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const end = (outcome: Buffer | PushRefusal) => {
      clearTimeout(timer);
      request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
      if (Buffer.isBuffer(outcome)) resolve(outcome);
      else reject(outcome);
    };
    const timer = setTimeout(() => end(new PushRefusal('slow-body')), withinMs);
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > bytes) end(new PushRefusal('body-too-large'));
      else parts.push(part);
    });
    request.once('end', () =>
      end(length === 0 ? new PushRefusal('empty-body') : Buffer.concat(parts, length)),
    );
    request.once('close', () => end(new PushRefusal('slow-body')));
    request.once('error', () => end(new PushRefusal('slow-body')));
  });
}
