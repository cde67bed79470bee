import { isUtf8 } from 'node:buffer';
import type { Refusal } from './codec.ts';
import { deepestJson, inspectJson, needsInspection } from './json-inspection.ts';

/** The JSON of a payload, safe to be walked and stored, or why it is none. */
export function readJsonPayload(payload: Buffer): { json: unknown } | Refusal {
  const text = payload.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(payload))
    return { reason: 'not-utf8', detail: 'the payload is not UTF-8' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { reason: 'not-json', detail: error instanceof Error ? error.message : 'not JSON' };
  }
  const fault = needsInspection(text) ? inspectJson(json) : null;
  if (fault === 'too-deep')
    return { reason: 'schema', detail: `(message): nested deeper than ${deepestJson}` };
  if (fault !== null) return { reason: fault, detail: 'a text holds NUL or half a surrogate pair' };
  return { json };
}

export function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
