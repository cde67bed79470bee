import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { TlsPair } from '../tls-files.ts';

/** First byte of a TLS connection (RFC 8446 5.1: handshake); no method of HTTP begins with it. */
const handshake = 22;
/** Who says nothing at all is not waited for. Milliseconds. */
const firstByteWithinMs = 30_000;

/**
 * Lets a server of http speak https on the same port: a connection that begins with a TLS handshake is decrypted first.
 * Gives a function that puts another certificate in use, for connections from then on.
 */
export function speakEither(server: Server, pair: TlsPair): (pair: TlsPair) => void {
  const [serve] = server.listeners('connection') as ((socket: Socket) => void)[];
  if (serve === undefined) throw new Error('this server serves no connections');
  const tls: TlsServer = createTlsServer({ ...pair, ALPNProtocols: ['http/1.1'] });
  tls.on('secureConnection', (socket) => serve.call(server, socket));
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  server.removeAllListeners('connection');
  server.on('connection', (socket) => lookAt(socket, { tls, plain: (one) => serve.call(server, one) }));
  return (next) => tls.setSecureContext(next);
}

function lookAt(socket: Socket, { tls, plain }: { tls: TlsServer; plain: (socket: Socket) => void }): void {
  const fail = () => socket.destroy();
  socket.setTimeout(firstByteWithinMs, fail);
  socket.on('error', fail);
  socket.once('readable', () => {
    const first = socket.read() as Buffer | null;
    socket.off('error', fail).setTimeout(0, undefined);
    socket.removeListener('timeout', fail);
    if (first === null) return fail();
    socket.unshift(first);
    if (first[0] !== handshake) return plain(socket);
    // A socket under TLS that is ended by one side alone would be kept for ever, and the server with it.
    socket.allowHalfOpen = false;
    tls.emit('connection', socket);
    return undefined;
  });
}
