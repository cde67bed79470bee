import type pg from 'pg';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { StartupError } from '../startup-error.ts';
import { addressOf, errorCode } from './connection-failure.ts';
import { connectClient } from './pool.ts';

/** The group that migrations give their rights to; who runs the server is a member. */
const groupName = 'fenghuo_app';

export interface DatabaseUrls {
  /** Who migrates: owns the tables, may create roles. */
  ownerUrl: string;
  /** Who runs the server: a member of {@link groupName} and nothing more. */
  appUrl: string;
}

/** Makes the group, and the login in it, where they are missing and the owner may. */
export async function ensureAppRole(owner: pg.Client, { ownerUrl, appUrl }: DatabaseUrls): Promise<void> {
  const app = addressOf(appUrl);
  const byHand = `create role ${groupName}; grant ${groupName} to ${escapeIdentifier(app.user)}`;
  const mustBeAllowed = async (statement: string) => {
    try {
      await owner.query(statement);
    } catch (error) {
      const code = errorCode(error);
      if (code === '42710' || code === '23505') return;
      if (code !== '42501') throw error;
      const { user, place } = addressOf(ownerUrl);
      throw new StartupError(
        'database-rights',
        `The user ${user} of the database at ${place} may not create roles: give it that right (alter role … createrole), or have an administrator run: ${byHand};`,
        { cause: error },
      );
    }
  };
  if (!(await roleExists(owner, groupName))) await mustBeAllowed(`create role ${groupName} nologin`);
  if (!(await roleExists(owner, app.user)))
    await mustBeAllowed(
      `create role ${escapeIdentifier(app.user)} login password ${escapeLiteral(app.password)}`,
    );
  if (!(await isMember(owner, app.user)))
    await mustBeAllowed(`grant ${groupName} to ${escapeIdentifier(app.user)}`);
}

/**
 * Connects as the running server will, and refuses a user that could bend the record: an owner, a superuser,
 * or one with rights from elsewhere.
 */
export async function checkAppRights(appUrl: string): Promise<void> {
  const app = await connectClient({ url: appUrl, name: 'fenghuo migrate' });
  try {
    const found = await app.query<{ reads: boolean; bends: boolean }>(
      `select has_table_privilege('fenghuo.audit', 'select') and has_table_privilege('fenghuo.audit', 'insert') as reads,
              has_table_privilege('fenghuo.audit', 'update, delete, truncate') as bends`,
    );
    const { reads, bends } = found.rows[0]!;
    if (reads && !bends) return;
    const { user, place } = addressOf(appUrl);
    throw new StartupError(
      'database-rights',
      bends
        ? `The server must not run as ${user} at ${place}, who can change the audit record: give it a user of its own, without rights of ownership.`
        : `The user ${user} at ${place} lacks the rights of ${groupName}: grant ${groupName} to it, with inherit.`,
    );
  } finally {
    await app.end();
  }
}

async function roleExists(owner: pg.Client, name: string): Promise<boolean> {
  return (await owner.query('select from pg_roles where rolname = $1', [name])).rowCount === 1;
}

async function isMember(owner: pg.Client, name: string): Promise<boolean> {
  const found = await owner.query<{ member: boolean }>(`select pg_has_role($1, $2, 'member') as member`, [
    name,
    groupName,
  ]);
  return found.rows[0]!.member;
}
