import type {
  AuthenticationRefusal,
  Credential,
  Principal,
  PrincipalDirectory,
} from '@fenghuo/gateway/admission/principals.ts';
import { hashSecret, sameHash } from '@fenghuo/gateway/admission/secrets.ts';
import { selectsTopic } from '@fenghuo/gateway/admission/topic-filter.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import type { CredentialRow } from '../store/sql/find-credentials.ts';
import { listLateRevocations } from '../store/sql/list-late-revocations.ts';
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
  /** The right of this principal ended, or its secret changed: its connections are to end. */
  onEnded: (principalNames: readonly string[]) => void;
}

/**
 * The gateway's directory of principals out of the credential table. The connections of a credential that is
 * revoked or issued anew end at once, and no message of theirs is taken meanwhile.
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
      this.#lookup.forget(username);
      this.#end([username]);
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
      if (row.clientId !== null && !['', row.clientId].includes(credential.clientId))
        return { refused: 'client-id-mismatch' };
      this.#revoked.delete(row.username);
      if (row.kind !== 'device') this.#admitted.add(row.username);
      return new StoredPrincipal(row, this.#options, this.#revoked);
    } catch (error) {
      log.warn({ err: error }, 'credentials could not be looked up');
      return { refused: 'unavailable' };
    }
  }

  /** The principal that goes by this name in logs and in the quarantine; null when it stands no more. */
  async named(name: string): Promise<Principal | null> {
    const username = name.slice(name.indexOf(':') + 1);
    const row = await this.#lookup.find(username);
    const stands = row !== null && !row.revoked;
    const principal = stands ? new StoredPrincipal(row, this.#options, this.#revoked) : null;
    return principal?.name === name ? principal : null;
  }

  async #recheck(): Promise<void> {
    this.#lookup.forgetAll();
    const { db, county, log } = this.#options;
    const late = await listLateRevocations(db, county).catch((error: unknown) => {
      log.warn({ err: error }, 'revocations that may have been missed could not be read');
      return [];
    });
    this.#end(late);
    for (const username of this.#admitted) {
      const row = await this.#lookup.find(username).catch(() => undefined);
      if (row === null || row?.revoked === true) this.#end([username]);
    }
  }

  #end(usernames: readonly string[]): void {
    for (const username of usernames) this.#revoked.add(username);
    const kinds = ['device', 'bridge', 'tester', 'gb26875'] as const;
    const names = usernames.flatMap((username) => kinds.map((kind) => principalName(kind, username)));
    if (names.length > 0) this.#options.onEnded(names);
  }
}

interface Reach {
  county: string;
  areaOf: (deviceId: string) => string | null;
}

/** What a connection keeps of its credential: no closures and no secret, since there are 170,000 of them. */
class StoredPrincipal implements Principal {
  readonly name: string;
  readonly kind: CredentialRow['kind'];
  readonly run: string | null;
  readonly clientId: string | null;
  readonly county: string;
  readonly #username: string;
  readonly #device: string | null;
  readonly #area: string | null;
  readonly #devices: ReadonlySet<string> | null;
  readonly #topics: readonly string[] | null;
  readonly #reach: Reach;
  readonly #revoked: ReadonlySet<string>;

  constructor(row: CredentialRow, reach: Reach, revoked: ReadonlySet<string>) {
    this.name = principalName(row.kind, row.username);
    this.kind = row.kind;
    this.run = row.run;
    this.clientId = row.clientId;
    this.county = reach.county;
    this.#username = row.username;
    this.#device = row.device;
    this.#area = row.area;
    this.#devices = row.devices;
    this.#topics = row.topics;
    this.#reach = reach;
    this.#revoked = revoked;
  }

  mayPublish(deviceId: string): boolean {
    return !this.#revoked.has(this.#username) && this.#reaches(deviceId);
  }

  /** A tester speaks every dialect, in its drill; a bridge those that it was given, or any. */
  mayUse(topic: string): boolean {
    if (this.#revoked.has(this.#username)) return false;
    return this.#topics?.some((filter) => selectsTopic(filter, topic)) ?? true;
  }

  #reaches(deviceId: string): boolean {
    switch (this.kind) {
      case 'device':
        return deviceId === this.#device;
      case 'bridge':
        if (this.#devices !== null) return this.#devices.has(deviceId);
        return mayBridge({ county: this.county, area: this.#area ?? '' }, this.#reach.areaOf(deviceId));
      case 'tester':
        return true;
    }
  }
}

/** Name of the principal that a credential makes, or the run of a drill at the transmitters' door, in logs and for ending its connections. */
function principalName(kind: CredentialRow['kind'] | 'gb26875', username: string): string {
  return `${kind}:${username}`;
}

/** A bridge speaks for every device of its area, and for those that nobody has placed yet. */
function mayBridge(scope: { county: string; area: string }, area: string | null): boolean {
  return area === null || sees(scope, area);
}
