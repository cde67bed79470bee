import type { IncomingMessage, ServerResponse } from 'node:http';
import { carrierTopic } from '@fenghuo/contracts/carrier.ts';
import type { Logger } from 'pino';
import type { Carrier, CarrierDirectory } from '../admission/carriers.ts';
import { type RatePolicy, ratePolicies, TokenBucket } from '../admission/rate-limit.ts';
import type { RefusalJournal } from '../admission/refusal-journal.ts';
import type { GatewayTallies } from '../gateway-tallies.ts';
import type { Intake, Outcome } from '../intake.ts';
import type { IntakeQueue } from '../intake-queue.ts';
import { readTopic } from '../read-topic.ts';
import { openEnvelope } from './push/onenet-envelope.ts';
import { describeAnswer, PushRefusal } from './push/push-answers.ts';
import { PushReceipt } from './push/push-receipt.ts';
import { readBody } from './push/read-body.ts';
import { splitMessages } from './push/split-messages.ts';

export interface HttpPushOptions {
  /** Whole body. Bytes. */
  bodyBytes?: number;
  bodyWithinMs?: number;
  /** OneNET hears no answer after 5 s and sends again, so ours must be there before. */
  storedWithinMs?: number;
  /** Most bodies being read at a time; as many again of those whose sender only the body tells. */
  mostBodies?: number;
  rate?: RatePolicy;
}

export interface HttpPushParts {
  intake: Intake;
  queue: IntakeQueue;
  carriers: CarrierDirectory;
  tallies: GatewayTallies;
  journal: RefusalJournal;
  log: Logger;
  /** ms since 1970. */
  clock: () => number;
  /** ms, only forward. */
  monotonic: () => number;
}

const defaults = {
  bodyBytes: 1024 * 1024,
  bodyWithinMs: 10_000,
  storedWithinMs: 4_000,
  mostBodies: 64,
  rate: ratePolicies.carrier,
};

const path = /^\/ingest\/v1\/([a-z0-9][a-z0-9-]{0,39})$/;
const jsonType = /^(application|text)\/json\s*(;|$)/i;

/**
 * `POST /ingest/v1/{source}`: carrier clouds push what their devices say. Whoever serves HTTP gives it the
 * requests below `/ingest`; it shares no session, cookie or CSRF rule with the screens.
 *
 * 200 says that everything in the body is stored, each undecodable message in quarantine, since a cloud would send
 * that for ever. A refusal before the body is taken leaves nothing behind. `not-stored-yet` promises neither: what
 * waits may still be stored, and the same body again changes nothing. Bounds: 64 bodies of 1 MiB at a time, each
 * within 10 s, and the intake queue's.
 */
export class HttpPush {
  readonly #options: Required<HttpPushOptions>;
  readonly #parts: HttpPushParts;
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #bodies = { named: 0, unnamed: 0 };

  constructor(options: HttpPushOptions, parts: HttpPushParts) {
    this.#options = { ...defaults, ...options };
    this.#parts = parts;
  }

  /** Answers a request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '', 'http://gateway') ?? new URL('http://gateway');
    const call = { request, response, url, source: path.exec(url.pathname)?.[1] ?? '' };
    try {
      await this.#serve(call);
    } catch (error) {
      const expected = error instanceof PushRefusal;
      if (!expected) this.#parts.log.error({ err: error, source: call.source }, 'a push failed');
      this.#refuse(call, expected ? error : new PushRefusal('unavailable', { cause: error }));
    }
  }

  async #serve(call: Call): Promise<void> {
    if (call.source === '') throw new PushRefusal('unknown-path');
    const { method } = call.request;
    if (method !== 'POST' && method !== 'GET') throw new PushRefusal('wrong-method');
    const carrier = await this.#parts.carriers.find(call.source).catch((cause: unknown) => {
      throw new PushRefusal('unavailable', { cause });
    });
    if (carrier === null) throw new PushRefusal('unknown-source');
    if (carrier.revoked) throw new PushRefusal('revoked');
    if (method === 'GET') return this.#verifyAddress(call, carrier);
    const named = isNamed(call, carrier);
    const who = named ? 'named' : 'unnamed';
    this.#requireRoom(call, carrier, who);
    const body = await this.#read(call.request, who);
    return this.#take(call, carrier, this.#open(body, carrier, named));
  }

  /** OneNET asks once whether the address is ours: we answer with its own word. */
  #verifyAddress(call: Call, carrier: Carrier): void {
    const of = (name: string) => call.url.searchParams.get(name) ?? '';
    if (carrier.dialect !== 'onenet') throw new PushRefusal('wrong-method');
    // A plus sign that nobody escaped reads as a space.
    const signed = { nonce: of('nonce'), msg: of('msg'), signature: of('signature').replaceAll(' ', '+') };
    if (!carrier.isSigned(signed)) throw new PushRefusal('wrong-signature');
    this.#parts.tallies.pushes.verified++;
    call.response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', ...plain }).end(signed.msg);
  }

  #requireRoom({ request }: Call, { principal }: Carrier, who: 'named' | 'unnamed'): void {
    const { queue, monotonic } = this.#parts;
    const { 'content-type': type, 'content-encoding': encoding = 'identity' } = request.headers;
    if ((type !== undefined && !jsonType.test(type)) || encoding !== 'identity')
      throw new PushRefusal('wrong-type');
    if (this.#bucketOf(principal.name).waitMs(monotonic()) > 0) throw new PushRefusal('too-fast');
    if (queue.isFull || this.#bodies[who] >= this.#options.mostBodies) throw new PushRefusal('full');
  }

  async #read(request: IncomingMessage, who: 'named' | 'unnamed'): Promise<Buffer> {
    const { bodyBytes: bytes, bodyWithinMs: withinMs } = this.#options;
    this.#bodies[who]++;
    try {
      return await readBody(request, { bytes, withinMs });
    } finally {
      this.#bodies[who]--;
    }
  }

  #open(body: Buffer, carrier: Carrier, named: boolean): Buffer[] {
    const { messages, signed } =
      carrier.dialect === 'onenet' ? openEnvelope(body) : { messages: body, signed: null };
    if (!named && signed === null) throw new PushRefusal('token-missing');
    if (!named && signed !== null && !carrier.isSigned(signed)) throw new PushRefusal('wrong-signature');
    const split = splitMessages(messages);
    if (split === null) throw new PushRefusal('too-many-messages');
    return split;
  }

  async #take(call: Call, carrier: Carrier, messages: readonly Buffer[]): Promise<void> {
    const { storedWithinMs } = this.#options;
    const receipt = new PushReceipt();
    const counts: Record<Outcome, number> = { queued: 0, done: 0, 'not-authorised': 0 };
    for (const payload of messages) counts[this.#receive(carrier, payload, receipt)]++;
    if (counts['not-authorised'] === messages.length) throw new PushRefusal('not-authorised');
    if (!(await receipt.sealed(storedWithinMs))) throw new PushRefusal('not-stored-yet');
    this.#parts.tallies.pushes.stored++;
    const told = { messages: messages.length, notAuthorised: counts['not-authorised'] };
    call.response.writeHead(200, json).end(JSON.stringify(told));
  }

  #receive({ principal, dialect }: Carrier, payload: Buffer, receipt: PushReceipt): Outcome {
    const source = principal.name.slice('carrier:'.length);
    this.#bucketOf(principal.name).spend(payload.length);
    const outcome = this.#parts.intake.receive({
      principal,
      topic: readTopic(carrierTopic(dialect, source)),
      payload,
      retained: false,
      delayed: false,
      receivedAt: this.#parts.clock(),
      source: 'http-push',
      origin: receipt,
      token: 0,
    });
    if (outcome === 'queued') receipt.queued();
    return outcome;
  }

  #bucketOf(name: string): TokenBucket {
    const known = this.#buckets.get(name) ?? new TokenBucket(this.#options.rate, this.#parts.monotonic());
    this.#buckets.set(name, known);
    return known;
  }

  #refuse({ request, response, source }: Call, { answer: name, cause }: PushRefusal): void {
    const { tallies, journal, clock } = this.#parts;
    const { status, sentence, retryAfterS } = describeAnswer(name);
    tallies.pushes[name]++;
    journal.refused(`push:${source}`, name, clock(), {
      address: request.socket.remoteAddress,
      ...(cause === undefined ? {} : { cause: String(cause) }),
    });
    if (response.headersSent || response.destroyed) return;
    const headers = {
      ...json,
      // What is left of the body is not waited for.
      ...(request.complete ? {} : { Connection: 'close' }),
      ...(retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) }),
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(status === 405 ? { Allow: 'POST' } : {}),
    };
    response.writeHead(status, headers).end(JSON.stringify({ error: name, message: sentence }));
  }
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  source: string;
}

const plain = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
const json = { 'Content-Type': 'application/json', ...plain };

/**
 * True for the right token in the header, or in the address where the cloud lets nothing else be set; false when a
 * OneNET source gives none, whose body must then be signed.
 */
function isNamed({ request, url }: Call, carrier: Carrier): boolean {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? url.searchParams.get('token');
  if (token !== null) {
    if (!carrier.isToken(token)) throw new PushRefusal('wrong-token');
    return true;
  }
  if (carrier.dialect !== 'onenet') throw new PushRefusal('token-missing');
  return false;
}
