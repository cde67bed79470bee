import type { OneNetSigned } from '../../admission/carriers.ts';

/** What OneNET wraps its messages in; `signed` null: there is no envelope, the body is the message itself. */
export interface OneNetEnvelope {
  messages: Buffer;
  signed: OneNetSigned | null;
}

/**
 * Opens the envelope `{msg, nonce, signature}` (older platform: `msg_signature`). `msg` is a text, or on the older
 * platform the message or a list of them; the signature is over its text as it stands in the body, so that is cut
 * out of it and not written anew. A body that is no envelope is given back whole, for the codec to judge.
 */
export function openEnvelope(body: Buffer): OneNetEnvelope {
  const text = body.toString('utf8');
  const json = parse(text);
  if (typeof json !== 'object' || json === null || !('msg' in json)) return { messages: body, signed: null };
  const msg = typeof json.msg === 'string' ? json.msg : (memberText(text, 'msg') ?? '');
  const { nonce, signature, msg_signature: older } = json as Record<string, unknown>;
  const sign = typeof signature === 'string' ? signature : older;
  const messages = Buffer.from(msg);
  if (typeof nonce !== 'string' || typeof sign !== 'string') return { messages, signed: null };
  return { messages, signed: { nonce, msg, signature: sign } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Strings, brackets, and what stands between: a megabyte takes 25 ms at most. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** The text of a member of the outermost object, as it is written in valid JSON. */
function memberText(text: string, name: string): string | null {
  let depth = 0;
  let start = -1;
  let key = '';
  for (const { 0: part, index } of text.matchAll(token)) {
    if (start !== -1 && depth === 1 && (part === ',' || part === '}'))
      return text.slice(start, index).trimEnd();
    if (part === '{' || part === '[') depth++;
    else if (part === '}' || part === ']') depth--;
    else if (part === ':' && depth === 1 && start === -1 && key === JSON.stringify(name)) start = index + 1;
    key = part;
  }
  return null;
}
