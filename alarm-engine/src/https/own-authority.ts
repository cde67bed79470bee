import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import type { TlsPair } from '../tls-files.ts';
import { makeCertificate } from './make-certificate.ts';

export interface OwnAuthorityOptions {
  /** Where the data of the station are. */
  dataFolder: string;
  /** Tells whose authority it is, on the phones that trust it. */
  county: string;
  /** What the station's certificate is to be good for, now. */
  names: () => string[];
  clock: () => number;
  log: Logger;
}

const day = 86_400_000;
const authorityDays = 3650;
/** Phones take 825 days of an authority that was added by hand, and no more. */
const serverDays = 397;
const renewBeforeDays = 30;
const lookEveryMs = 3_600_000;

/**
 * An authority of this station's own, made at its first start, and the certificate that it gives the station: renewed a
 * month before its end, and when the machine has other addresses. The authority stays the same: phones trust it once.
 * Whoever has its key, `https/authority.key`, can be any site to those phones; the file is its owner's alone.
 */
export class OwnAuthority {
  readonly #options: OwnAuthorityOptions;
  readonly #folder: string;
  #timer: NodeJS.Timeout | null = null;
  #authority: { cert: string; key: string } | null = null;
  #server: TlsPair | null = null;

  constructor(options: OwnAuthorityOptions) {
    this.#options = options;
    this.#folder = path.join(options.dataFolder, 'https');
  }

  /** The certificate of the authority, PEM: what a phone is to trust. */
  get certificate(): string {
    if (this.#authority === null) throw new Error('the authority was not read yet');
    return this.#authority.cert;
  }

  /** Reads, or makes, what the start needs. Throws a {@link StartupError}. */
  async read(): Promise<TlsPair> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      this.#authority = (await this.#pair('authority')) ?? (await this.#makeAuthority());
      this.#server = await this.#serverPair();
      return this.#server;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StartupError('folder', `The certificates in ${this.#folder} cannot be used: ${why}.`);
    }
  }

  /** Calls `use` with each certificate that takes the place of the last one. */
  watch(use: (pair: TlsPair) => void): void {
    this.#timer = setInterval(() => void this.#look(use), lookEveryMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #look(use: (pair: TlsPair) => void): Promise<void> {
    try {
      const pair = await this.#serverPair();
      if (this.#server?.cert.equals(pair.cert)) return;
      this.#server = pair;
      use(pair);
      this.#options.log.info('a new TLS certificate of the own authority is in use');
    } catch (error) {
      this.#options.log.error({ err: error }, 'no new TLS certificate could be made; the one in use stays');
    }
  }

  async #serverPair(): Promise<TlsPair> {
    const known = await this.#pair('server');
    const { cert, key } = known !== null && this.#isGood(known.cert) ? known : await this.#makeServer();
    return { cert: Buffer.from(cert), key: Buffer.from(key) };
  }

  #isGood(pem: string): boolean {
    const { clock, names } = this.#options;
    const certificate = new X509Certificate(pem);
    const isOurs = certificate.verify(new X509Certificate(this.certificate).publicKey);
    const lasts = certificate.validToDate.getTime() > clock() + renewBeforeDays * day;
    return isOurs && lasts && names().every((name) => isGoodFor(certificate, name));
  }

  async #makeAuthority(): Promise<{ cert: string; key: string }> {
    const { county } = this.#options;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const name = `Fenghuo ${county} ${randomBytes(3).toString('hex')}`;
    const keys = { issuerKey: privateKey, subjectKey: privateKey };
    return this.#keep(
      'authority',
      privateKey,
      { subject: name, issuer: name, ...keys, names: null },
      authorityDays,
    );
  }

  async #makeServer(): Promise<{ cert: string; key: string }> {
    const { cert, key } = this.#authority!;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keys = { issuerKey: createPrivateKey(key), subjectKey: privateKey };
    const issuer = /CN=(.*)/.exec(new X509Certificate(cert).subject)![1]!;
    const names = this.#options.names();
    return this.#keep('server', privateKey, { subject: 'station', issuer, ...keys, names }, serverDays);
  }

  async #keep(
    file: string,
    privateKey: ReturnType<typeof createPrivateKey>,
    facts: Omit<Parameters<typeof makeCertificate>[0], 'serial' | 'notBefore' | 'notAfter'>,
    days: number,
  ): Promise<{ cert: string; key: string }> {
    const now = this.#options.clock();
    // A phone whose clock is behind must be able to use it at once.
    const cert = await makeCertificate({
      ...facts,
      ...{ serial: randomBytes(16), notBefore: now - day, notAfter: now + (days - 1) * day },
    });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await this.#write(`${file}.key`, key);
    await this.#write(`${file}.crt`, cert);
    return { cert, key };
  }

  /** Null when either is missing, or they are not of one another: a crash between the two files. */
  async #pair(file: string): Promise<{ cert: string; key: string } | null> {
    const read = (kind: string) =>
      readFile(path.join(this.#folder, `${file}.${kind}`), 'utf8').catch(missing);
    const [cert, key] = await Promise.all([read('crt'), read('key')]);
    if (cert === null || key === null) return null;
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : null;
  }

  async #write(file: string, text: string): Promise<void> {
    const to = path.join(this.#folder, file);
    await writeFile(`${to}.new`, text, { mode: 0o600 });
    await rename(`${to}.new`, to);
  }
}

function isGoodFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
