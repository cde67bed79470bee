import { withoutTurning } from '@fenghuo/contracts/isolated.ts';
import type { Request } from 'express';
import type { z } from 'zod';
import { ApiFailure } from './api-failure.ts';
import type { RouteShape } from './route.ts';

const shapes = new WeakMap<Request, RouteShape>();

/** Says by which schemas the request may be read: those that its route declares. */
export function declareShape(request: Request, shape: RouteShape): void {
  shapes.set(request, shape);
}

/** The body as the contract words it; anything else is refused with what is wrong with it. */
export function readBody<T>(request: Request, schema: z.ZodType<T>): T {
  requireDeclared(request, 'body', schema);
  return parse(request.body, schema, 'The body');
}

/** The query string as the route words it. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  requireDeclared(request, 'query', schema);
  return parse(request.query, schema, 'The query');
}

/**
 * A body that is bytes, whole. It is read once it is known that the caller may send it; one that is longer than `most`
 * is not read to its end, and one that was taken for JSON is none.
 */
export async function readBytes(request: Request, most: number): Promise<Buffer> {
  if (shapes.get(request)?.upload === undefined) throw new Error('the route declares no upload');
  if (request.readableEnded || request.is('json') !== false) throw notBytes;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > most) throw tooLong;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

const notBytes = new ApiFailure(415, 'unsupported', 'The body is not the bytes of a file.');
const tooLong = new ApiFailure(413, 'too-large', 'The file is larger than a case takes.');

/** A parameter of the path, such as a device's id. */
export function readParameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value !== 'string' || !isStorable(value))
    throw new ApiFailure(400, 'malformed', `The path holds no usable ${name}.`);
  return value;
}

function requireDeclared(request: Request, part: 'body' | 'query', schema: z.ZodType): void {
  if (shapes.get(request)?.[part] !== schema)
    throw new Error(`the ${part} is read by another schema than the route declares`);
}

function parse<T>(value: unknown, schema: z.ZodType<T>, what: string): T {
  const parsed = schema.safeParse(plain(value));
  if (parsed.success && isStorable(parsed.data)) return parsed.data;
  if (parsed.success)
    throw new ApiFailure(400, 'malformed', `${what} holds characters that cannot be stored.`);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new ApiFailure(
    400,
    'invalid',
    `${what} is not as expected${where && ` at ${where}`}: ${issue?.message}.`,
  );
}

/** Texts anywhere inside without what would turn the text beside them on every screen that shows them. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return withoutTurning(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** False when a text anywhere inside holds NUL or half a surrogate pair, which Postgres cannot store. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
