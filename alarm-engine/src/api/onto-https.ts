import type { RequestHandler } from 'express';

const ownMachine = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Where https is spoken, what comes in clear from another machine goes there first: no password and no cookie crosses a
 * network in clear. Tools of this machine stay as they are.
 */
export const ontoHttps: RequestHandler = (request, response, next) => {
  const { secure, method, socket, originalUrl } = request;
  if (secure || ownMachine.has(socket.remoteAddress ?? '')) return next();
  if (method !== 'GET' && method !== 'HEAD') {
    response.status(403).type('text').send('Only over https.');
    return;
  }
  response.redirect(307, `https://${request.get('host') ?? ''}${originalUrl}`);
};
