import type { Queryable } from '../queryable.ts';

/** A credential as stored. Exactly one of `device`, `area`, `devices`, `run` is set, by kind. */
export interface NewCredential {
  username: string;
  county: string;
  kind: 'device' | 'bridge' | 'tester';
  secretHash: Buffer;
  device: string | null;
  area: string | null;
  devices: readonly string[] | null;
  topics: readonly string[] | null;
  run: string | null;
  clientId: string | null;
}

/**
 * Stores a credential; one of the same name, county and kind gets the new secret and is valid again, and then every
 * gateway is told that what it knew is over (channel `fenghuo_credential`).
 */
export async function insertCredential(db: Queryable, credential: NewCredential): Promise<void> {
  const { rowCount } = await db.query(
    `with stored as (
     insert into fenghuo.credential as c (username, county, kind, secret_hash, device, area, run, client_id,
       devices, topics)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (username) do update set secret_hash = excluded.secret_hash, device = excluded.device,
       area = excluded.area, run = excluded.run, client_id = excluded.client_id,
       devices = excluded.devices, topics = excluded.topics, revoked_at = null
     where c.county = excluded.county and c.kind = excluded.kind
     returning username, xmax <> 0 as replaced)
     select case when replaced then pg_notify('fenghuo_credential', username) end from stored`,
    [
      credential.username,
      credential.county,
      credential.kind,
      credential.secretHash,
      credential.device,
      credential.area,
      credential.run,
      credential.clientId,
      credential.devices,
      credential.topics,
    ],
  );
  if (rowCount !== 1) throw new Error(`credential ${credential.username} belongs to something else`);
}
