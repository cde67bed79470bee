import type {
  AuthenticationRefusal,
  Credential,
  Principal,
  PrincipalDirectory,
} from '@fenghuo/gateway/admission/principals.ts';
import { hashSecret, sameHash } from '@fenghuo/gateway/admission/secrets.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import type { CredentialRow } from '../store/sql/find-credentials.ts';
import { sees } from './area-scope.ts';
import { CredentialLookup } from './credential-lookup.ts';

export interface StoredPrincipalsOptions {
  db: Queryable;
  /** Hears of revocations. Started by the caller, after {@link StoredPrincipals.start}. */
  listener: Listener;
  county: string;
  serverKey: Buffer;
  /** Area of a device; null when it is not registered or not located. */
  areaOf: (deviceId: string) => string | null;
  log: Logger;
}

/**
 * The gateway's directory of principals out of the credential table. A revoked credential is refused at the
 * next message of a connection that it opened, not only at the next connection.
 */
export class StoredPrincipals implements PrincipalDirectory {
  readonly #options: StoredPrincipalsOptions;
  readonly #lookup: CredentialLookup;
  readonly #revoked = new Set<string>();
  /** Bridges and testers that were let in: few, and asked about again when a revocation may have been missed. */
  readonly #admitted = new Set<string>();

  constructor(options: StoredPrincipalsOptions) {
    this.#options = options;
    this.#lookup = new CredentialLookup(options);
  }

  start(): void {
    this.#options.listener.on('fenghuo_credential', (username) => {
      this.#revoked.add(username);
      this.#lookup.forget(username);
    });
    this.#options.listener.onResume(() => void this.#recheck());
  }

  async authenticate(credential: Credential): Promise<Principal | { refused: AuthenticationRefusal }> {
    const { serverKey, log } = this.#options;
    try {
      const row = await this.#lookup.find(credential.username);
      if (row === null) return { refused: 'unknown-principal' };
      if (!sameHash(row.secretHash, hashSecret(serverKey, credential.password)))
        return { refused: 'wrong-secret' };
      if (row.revoked) return { refused: 'revoked' };
      if (row.clientId !== null && row.clientId !== credential.clientId)
        return { refused: 'client-id-mismatch' };
      this.#revoked.delete(row.username);
      if (row.kind !== 'device') this.#admitted.add(row.username);
      return this.#principal(row);
    } catch (error) {
      log.warn({ err: error }, 'credentials could not be looked up');
      return { refused: 'unavailable' };
    }
  }

  /** The principal that goes by this name in logs and in the quarantine; null when it stands no more. */
  async named(name: string): Promise<Principal | null> {
    const username = name.slice(name.indexOf(':') + 1);
    const row = await this.#lookup.find(username);
    const principal = row === null || row.revoked ? null : this.#principal(row);
    return principal?.name === name ? principal : null;
  }

  async #recheck(): Promise<void> {
    this.#lookup.forgetAll();
    for (const username of this.#admitted) {
      const row = await this.#lookup.find(username).catch(() => undefined);
      if (row === null || row?.revoked === true) this.#revoked.add(username);
    }
  }

  #principal({ username, kind, run, clientId, device, area }: CredentialRow): Principal {
    const { county, areaOf } = this.#options;
    const reaches = (deviceId: string): boolean => {
      switch (kind) {
        case 'device':
          return deviceId === device;
        case 'bridge':
          return mayBridge({ county, area: area ?? '' }, areaOf(deviceId));
        case 'tester':
          return true;
      }
    };
    const mayPublish = (deviceId: string) => !this.#revoked.has(username) && reaches(deviceId);
    return { name: `${kind}:${username}`, kind, run, clientId, county, mayPublish };
  }
}

/** A bridge speaks for every device of its area, and for those that nobody has placed yet. */
function mayBridge(scope: { county: string; area: string }, area: string | null): boolean {
  return area === null || sees(scope, area);
}
