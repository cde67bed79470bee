import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { readBearer } from '../access/api-tokens.ts';
import { ApiFailure } from './api-failure.ts';

/** True without an `Origin`, as programs call, or when it names the host that was asked. */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers.origin === undefined) return true;
  const hosts = [headers.host, headers['x-forwarded-host']];
  return URL.canParse(headers.origin) && hosts.includes(new URL(headers.origin).host);
}

/**
 * Keeps requests out that a foreign page has a signed-in browser make (CSRF), beside the cookie that no foreign page
 * sends: they name another origin, and cannot set our header without asking first, which nobody allows. A token is
 * nothing that a browser adds by itself, so who shows one needs no header.
 */
export const refuseForeignPages: RequestHandler = (request, _response, next) => {
  if (['GET', 'HEAD'].includes(request.method)) return next();
  if (!isSameOrigin(request))
    throw new ApiFailure(403, 'foreign-origin', 'This request comes from a page of another origin.');
  if (request.get('x-fenghuo') !== '1' && readBearer(request.get('authorization')) === null)
    throw new ApiFailure(
      403,
      'header-missing',
      'Requests that change something carry the header X-Fenghuo: 1.',
    );
  next();
};
