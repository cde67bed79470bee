import type { CredentialRequest, IssuedCredential } from '@fenghuo/contracts/rest.ts';
import { hashSecret, newSecret, sameHash } from '@fenghuo/gateway/admission/secrets.ts';
import type { Queryable } from '../store/queryable.ts';
import { findCredentials } from '../store/sql/find-credentials.ts';
import { insertCredential } from '../store/sql/insert-credential.ts';
import { revokeRunCredentials } from '../store/sql/revoke-run-credentials.ts';
import { readSecrets, writeSecrets } from './secrets-file.ts';

export interface CredentialsOptions {
  db: Queryable;
  county: string;
  serverKey: Buffer;
}

/** A credential for a device or a bridge. One of the same name and kind loses its secret and its connections. */
export async function issueCredential(
  options: CredentialsOptions,
  wish: CredentialRequest,
): Promise<IssuedCredential> {
  const { username, kind, clientId } = wish;
  const issued = { username, secret: newSecret() };
  await insertCredential(options.db, {
    username,
    kind,
    clientId,
    county: options.county,
    secretHash: hashSecret(options.serverKey, issued.secret),
    device: 'device' in wish ? wish.device : null,
    area: 'area' in wish ? wish.area : null,
    devices: 'devices' in wish ? wish.devices : null,
    topics: 'topics' in wish ? wish.topics : null,
    run: null,
  });
  return issued;
}

/** A tester's credential for one drill; it dies with the drill. */
export async function issueTesterCredential(
  options: CredentialsOptions,
  run: string,
): Promise<IssuedCredential> {
  const issued = { username: `tester-${run}`, secret: newSecret() };
  await store(options, issued, { kind: 'tester', area: null, run });
  return issued;
}

/** Takes a drill's credentials away, now. */
export function revokeTesterCredentials(
  options: CredentialsOptions,
  run: string,
  now: number,
): Promise<void> {
  return revokeRunCredentials(options.db, { county: options.county, run, now: new Date(now) });
}

/** Names of the first bridge: simulators look for the one of a demo county. */
const firstBridge = { demo: 'demo-bridge', real: 'first-bridge' };

/**
 * The credential with which a new station can be spoken to at all: a bridge over the whole county, used by the
 * simulators in a demo county. What the secrets file says is kept while the database agrees; otherwise a new
 * secret is made, so a lost file or key mends itself.
 */
export async function ensureFirstBridge(
  options: CredentialsOptions & { demo: boolean },
  dataFolder: string,
): Promise<IssuedCredential> {
  const username = options.demo ? firstBridge.demo : firstBridge.real;
  const secrets = await readSecrets(dataFolder);
  const known = secrets.mqtt.find((one) => one.username === username);
  const [stored] = await findCredentials(options.db, { county: options.county, usernames: [username] });
  if (known !== undefined && stored?.revoked === false)
    if (sameHash(stored.secretHash, hashSecret(options.serverKey, known.secret)))
      return { username: known.username, secret: known.secret };
  const issued = { username, secret: newSecret() };
  const others = secrets.mqtt.filter((one) => one.username !== username);
  const use = options.demo
    ? 'simulated detectors and cameras of the whole county'
    : 'any device of the county';
  await writeSecrets(dataFolder, { ...secrets, mqtt: [...others, { ...issued, use }] });
  await store(options, issued, { kind: 'bridge', area: options.county, run: null });
  return issued;
}

type Reach = { kind: 'bridge'; area: string; run: null } | { kind: 'tester'; area: null; run: string };

function store(options: CredentialsOptions, issued: IssuedCredential, reach: Reach): Promise<void> {
  const { db, county, serverKey } = options;
  const secretHash = hashSecret(serverKey, issued.secret);
  return insertCredential(db, {
    ...reach,
    username: issued.username,
    county,
    secretHash,
    device: null,
    devices: null,
    topics: null,
    clientId: null,
  });
}
