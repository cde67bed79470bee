export type StartFailure =
  | 'port-in-use'
  | 'port-forbidden'
  | 'address-unavailable'
  | 'tls-unusable'
  | 'failed';

const failures: Record<string, StartFailure> = {
  EADDRINUSE: 'port-in-use',
  EACCES: 'port-forbidden',
  EADDRNOTAVAIL: 'address-unavailable',
  ENOTFOUND: 'address-unavailable',
};

/** A source could not start; `reason` is for one clear sentence to whoever started the server. */
export class SourceStartError extends Error {
  readonly reason: StartFailure;
  readonly host: string;
  readonly port: number;

  constructor(reason: StartFailure, host: string, port: number, options?: ErrorOptions) {
    super(`cannot listen for MQTT on ${host}:${port}: ${reason}`, options);
    this.name = 'SourceStartError';
    this.reason = reason;
    this.host = host;
    this.port = port;
  }
}

export function startErrorOf(error: Error, host: string, port: number): SourceStartError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new SourceStartError(failures[code] ?? 'failed', host, port, { cause: error });
}
