import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface VouchedPerson {
  county: string;
  /** Issuer and subject. */
  identity: string;
  /** Of the account, when it is made now. */
  name: string;
  displayName: string;
  role: Role;
  area: string;
  /** Of a password that nobody knows. */
  passwordHash: string;
}

/**
 * Makes the account of an identity, or gives it role, area and name for people as they are now. Null when the account is
 * disabled or of another county. Throws 23505 when the name belongs to another account: nobody is taken over.
 */
export async function keepIdentity(
  db: Queryable,
  person: VouchedPerson,
): Promise<{ account: string } | null> {
  const { county, identity, name, displayName, role, area, passwordHash } = person;
  const { rows } = await db.query<{ account: string }>(
    `insert into fenghuo.account as a (name, county, display_name, role, area, password_hash, identity)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (identity) do update
       set display_name = excluded.display_name, role = excluded.role, area = excluded.area
       where a.county = excluded.county and not a.disabled
     returning a.name as account`,
    [name, county, displayName, role, area, passwordHash, identity],
  );
  return rows[0] ?? null;
}
