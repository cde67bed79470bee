/** Who is behind a connection, and what it may do. The alarm engine knows them; the gateway asks it. */
export interface Principal {
  /** Stable and unique, such as the device id or `bridge:north-3`; goes into logs and the quarantine. */
  readonly name: string;
  readonly kind: PrincipalKind;
  /** The drill that it may speak in, and only there; null: live, and only there. */
  readonly run: string | null;
  /** The only client id that it may use; null: any. */
  readonly clientId: string | null;
  /** County in whose topics it may speak. */
  readonly county: string;
  /** Asked for each message, so a device may be added or taken away while the connection stays. */
  mayPublish(deviceId: string): boolean;
  /** May it publish on this topic of a foreign dialect, given without the drill's prefix? Not asked of a device. */
  mayUse(topic: string): boolean;
}

export type PrincipalKind = 'device' | 'bridge' | 'tester' | 'session' | 'carrier' | 'transmitter';

export interface Credential {
  username: string;
  /** As sent. The directory hashes it with `hashSecret` and keeps no copy. */
  password: Buffer;
  clientId: string;
}

/** Why somebody is not let in. `unavailable` says that trying again later helps; the others do not. */
export type AuthenticationRefusal =
  | 'unknown-principal'
  | 'wrong-secret'
  | 'revoked'
  | 'client-id-mismatch'
  | 'unavailable';

export interface PrincipalDirectory {
  /** A rejected promise counts as `unavailable`. It must settle; the endpoint waits 10 s at most. */
  authenticate(credential: Credential): Promise<Principal | { refused: AuthenticationRefusal }>;
}
