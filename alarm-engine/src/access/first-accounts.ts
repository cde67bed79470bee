import type { Role, UnitLevel } from '@fenghuo/contracts/words.ts';
import type pg from 'pg';
import type { Queryable } from '../store/queryable.ts';
import { countAccounts } from '../store/sql/count-accounts.ts';
import { findFirstFire } from '../store/sql/find-first-fire.ts';
import { insertAccount, type NewAccount } from '../store/sql/insert-account.ts';
import { hashPassword, newPassword } from './passwords.ts';
import { readSecrets, type SecretsFile, writeSecrets } from './secrets-file.ts';

interface FirstAccount {
  account: string;
  role: Role;
  displayName: string;
  /** Only in a county of invented people. */
  demoOnly?: true;
}

/** One account a post, over the whole county: administration, operation and audit in three hands. The crew answers tickets where no real team does. */
const firstAccounts: readonly FirstAccount[] = [
  { account: 'commander', role: 'commander', displayName: '指挥长' },
  { account: 'dispatcher', role: 'dispatcher', displayName: '指挥室席位' },
  { account: 'wall', role: 'wall', displayName: '大屏' },
  { account: 'tester', role: 'tester', displayName: '演练员' },
  { account: 'administrator', role: 'administrator', displayName: '管理员' },
  { account: 'auditor', role: 'auditor', displayName: '审计员' },
  { account: 'crew', role: 'responder', displayName: '模拟处置队', demoOnly: true },
];

/** Of a demo: the hands through which the fire goes that it offers to set off, each of a unit there. */
const atTheFire: Readonly<Partial<Record<UnitLevel, Pick<FirstAccount, 'account' | 'role'>>>> = {
  township: { account: 'township', role: 'dispatcher' },
  team: { account: 'team', role: 'responder' },
  grid: { account: 'grid', role: 'grid-worker' },
};

export interface FirstAccountsOptions {
  pool: pg.Pool;
  county: string;
  demo: boolean;
  dataFolder: string;
}

/**
 * Makes the first accounts of a county that has none, and writes their passwords to the secrets file. True
 * when they were made. The file is written before the commit: after a crash in between it holds passwords
 * that open nothing, and the next start makes new ones.
 */
export async function ensureFirstAccounts(options: FirstAccountsOptions): Promise<boolean> {
  const { pool, county, demo, dataFolder } = options;
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('begin');
    await client.query('lock table fenghuo.account in share row exclusive mode');
    const isFirst = (await countAccounts(client, county)) === 0;
    if (isFirst) {
      const accounts = await makeAccounts(client, county, demo);
      await writeSecrets(dataFolder, { ...(await readSecrets(dataFolder)), accounts });
    }
    await client.query('commit');
    broken = false;
    return isFirst;
  } finally {
    client.release(broken);
  }
}

async function makeAccounts(db: Queryable, county: string, demo: boolean): Promise<SecretsFile['accounts']> {
  const made: SecretsFile['accounts'] = [];
  const make = async ({
    account,
    ...of
  }: Omit<NewAccount, 'name' | 'county' | 'passwordHash'> & { account: string }) => {
    const password = newPassword();
    await insertAccount(db, { ...of, name: account, county, passwordHash: await hashPassword(password) });
    made.push({ account, role: of.role, password });
  };
  for (const { demoOnly, ...one } of firstAccounts)
    if (demo || demoOnly !== true) await make({ ...one, area: county });
  if (!demo) return made;
  const there = await findFirstFire(db, county);
  const township = there.find(({ level }) => level === 'township')?.area ?? county;
  for (const { id: unit, level, area, name: displayName } of there) {
    const one = atTheFire[level];
    if (one !== undefined)
      await make({ ...one, displayName, unit, area: level === 'grid' ? area : township });
  }
  return made;
}
