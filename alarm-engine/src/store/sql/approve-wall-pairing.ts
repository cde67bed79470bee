import type { Queryable } from '../queryable.ts';

export interface ApprovedWall {
  county: string;
  userHash: Buffer;
  account: string;
  name: string;
  area: string;
  passwordHash: string;
  pairedBy: string;
  now: Date;
}

/** Makes the account of a wall and gives it to the pairing. False when the code is over or was used already. */
export async function approveWallPairing(db: Queryable, wall: ApprovedWall): Promise<boolean> {
  const { county, userHash, account, name, area, passwordHash, pairedBy, now } = wall;
  const { rowCount } = await db.query(
    `with approved as (
       update fenghuo.wall_pairing set account = $3
       where county = $1 and user_hash = $2 and expires_at > $8 and account is null returning account
     ), made as (
       insert into fenghuo.account (name, county, display_name, role, area, password_hash)
       select account, $1, $4, 'wall', $5, $6 from approved returning name
     )
     insert into fenghuo.wall (account, paired_by, paired_at) select name, $7, $8 from made`,
    [county, userHash, account, name, area, passwordHash, pairedBy, now],
  );
  return rowCount === 1;
}
