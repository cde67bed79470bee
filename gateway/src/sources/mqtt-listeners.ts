import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions, type Server as TlsServer } from 'node:tls';
import { SourceStartError, startErrorOf } from './source-start-error.ts';

export interface MqttListenersOptions {
  host: string;
  /** Plain TCP; 0: any free port; null: none. */
  port: number | null;
  tls: { port: number; options: TlsOptions } | null;
  /** Bytes of output above which a socket wants to be drained. */
  outputBytes: number;
  /** Sockets at a time, for each of the two. */
  maxConnections: number;
  handshakeTimeoutMs: number;
  /** A client to talk to; with TLS, once its handshake is done. */
  onSocket: (socket: Socket) => void;
  onHandshakeFailed: (error: Error, socket: Socket) => void;
  /** Somebody was turned away because there is no room. */
  onDropped: () => void;
  onError: (error: Error) => void;
}

export interface ListeningPorts {
  port: number | null;
  tlsPort: number | null;
}

/** Where clients come in: plain TCP, TLS, or both. Above them there is no difference. */
export class MqttListeners {
  readonly #options: MqttListenersOptions;
  #plain: Server | null = null;
  #secure: TlsServer | null = null;
  /** Sockets below the secure ones, those in their handshake among them. */
  readonly #tlsSockets = new Set<Socket>();

  constructor(options: MqttListenersOptions) {
    this.#options = options;
  }

  /** Throws a {@link SourceStartError} when one of them cannot listen; then neither does. */
  async start(): Promise<ListeningPorts> {
    const { port, tls } = this.#options;
    if (tls !== null) this.#secure = this.#createSecure(tls);
    if (port !== null) this.#plain = createServer(this.#socketOptions(), this.#options.onSocket);
    try {
      return {
        port: this.#plain && (await this.#listen(this.#plain, port!)),
        tlsPort: this.#secure && (await this.#listen(this.#secure, tls!.port)),
      };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Another certificate for those who connect from now on. Throws when it is unusable; then the old one stays. */
  renew(options: TlsOptions): void {
    this.#secure?.setSecureContext(options);
  }

  /** Lets nobody in any more; resolves when all sockets are closed. */
  async close(): Promise<void> {
    const servers = [this.#plain, this.#secure].filter((server) => server?.listening === true);
    await Promise.all(servers.map((server) => new Promise((resolve) => server!.close(resolve))));
  }

  /** For those that are still in their handshake. */
  destroySecureSockets(): void {
    for (const socket of this.#tlsSockets) socket.destroy();
  }

  #socketOptions() {
    const { outputBytes: highWaterMark } = this.#options;
    return { noDelay: true, keepAlive: true, keepAliveInitialDelay: 120_000, highWaterMark };
  }

  #createSecure({ port, options }: { port: number; options: TlsOptions }): TlsServer {
    const { host, handshakeTimeoutMs: handshakeTimeout, onSocket, onHandshakeFailed } = this.#options;
    try {
      const server = createTlsServer({ ...this.#socketOptions(), handshakeTimeout, ...options }, onSocket);
      server.on('tlsClientError', onHandshakeFailed);
      server.on('connection', (socket) => {
        this.#tlsSockets.add(socket);
        socket.once('close', () => this.#tlsSockets.delete(socket));
      });
      return server;
    } catch (error) {
      throw new SourceStartError('tls-unusable', host, port, { cause: error });
    }
  }

  async #listen(server: Server, port: number): Promise<number> {
    const { host, maxConnections, onDropped, onError } = this.#options;
    server.maxConnections = maxConnections;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(startErrorOf(error, host, port)));
      server.listen({ host, port, backlog: 4096 }, resolve);
    });
    server.removeAllListeners('error').on('error', onError).on('drop', onDropped);
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }
}
