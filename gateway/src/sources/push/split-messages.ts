/** Most messages in a body: each takes a place in the queue and a row. */
const mostMessages = 1_000;

/**
 * The messages of a body, each to be judged by itself: the members of a list, written anew, or the body as it
 * came. Null when there are too many. What is not JSON, or nested too deep to be written anew, is one message, for
 * its codec to refuse.
 */
export function splitMessages(body: Buffer): Buffer[] | null {
  if (body[0] !== 0x5b) return [body];
  try {
    const list: unknown[] = JSON.parse(body.toString('utf8'));
    if (list.length === 0) return [body];
    return list.length > mostMessages ? null : list.map((message) => Buffer.from(JSON.stringify(message)));
  } catch {
    return [body];
  }
}
