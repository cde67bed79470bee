import { z } from 'zod';

/** First line of a recording; docs/recordings.md describes the file. */
export const recordingHeader = z.object({
  fenghuo: z.literal('recording'),
  version: z.literal(1),
  /** Milliseconds since 1970: zero of every message's `t`. */
  startedAt: z.number(),
  /** Where it comes from, without secrets: a broker's address, or `history`. */
  source: z.string(),
  /** Topic filters that were recorded; of history the area. */
  filters: z.array(z.string()),
});
export type RecordingHeader = z.infer<typeof recordingHeader>;

const recordedLine = z.object({
  /** Milliseconds after the start. */
  t: z.number().min(0),
  topic: z.string().min(1),
  qos: z.literal([0, 1, 2]),
  retain: z.literal(true).optional(),
  /** The payload, as text where it is UTF-8. */
  text: z.string().optional(),
  base64: z.string().optional(),
});

/** Last line; a recording without it was cut off. */
const recordingEnd = z.object({ end: z.literal(true), messages: z.int(), milliseconds: z.number() });

export const recordingLine = z.union([recordedLine, recordingEnd]);

export interface RecordedMessage {
  /** Milliseconds after the start of the recording. */
  t: number;
  topic: string;
  qos: 0 | 1 | 2;
  retain: boolean;
  payload: Buffer;
}

/** A message as its line. */
export function lineOf({ t, topic, qos, retain, payload }: RecordedMessage): string {
  const text = payload.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(payload);
  const said = isText ? { text } : { base64: payload.toString('base64') };
  return JSON.stringify({ t: Math.round(t * 10) / 10, topic, qos, ...(retain && { retain }), ...said });
}

/** A line as its message. */
export function messageOfLine({
  t,
  topic,
  qos,
  retain,
  text,
  base64,
}: z.infer<typeof recordedLine>): RecordedMessage {
  const payload = base64 === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(base64, 'base64');
  return { t, topic, qos, retain: retain ?? false, payload };
}
