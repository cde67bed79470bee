import { RestSession } from '../station/rest-session.ts';
import type { Accounts } from '../station/station-file.ts';
import type { Credential } from './script-flood.ts';

/** How a run reaches the station that it floods, and those who bear witness of it. */
export interface StationAccess {
  target: { host: string; port: number };
  /** Web address; null: no socket is asked, and no drill can be started. */
  url: string | null;
  /** Who may speak for every device; null: anonymous. */
  live: Credential | null;
  /** A drill that runs already, in which everything is to be said; null: none. */
  drill: (Credential & { run: string }) | null;
  /** As the server's own role; null: nothing is checked. */
  databaseUrl: string | null;
  /** Who looks at the screen, and starts drills. */
  tester: { account: string; password: string } | null;
  /** Who can give out the secret of a device, for it to be stolen. */
  administrator: { account: string; password: string } | null;
  /** Nobody else speaks to it. */
  isOurs: boolean;
}

/** The accounts of a demo that a run needs, null where there are none. */
export function accountsFor(accounts: Accounts): Pick<StationAccess, 'tester' | 'administrator'> {
  const of = (role: string) => {
    const found = accounts.accounts.find((account) => account.role === role);
    return found === undefined ? null : { account: found.account, password: found.password };
  };
  return { tester: of('tester'), administrator: of('administrator') };
}

export async function signedIn(
  url: string,
  who: { account: string; password: string },
): Promise<RestSession> {
  const session = new RestSession({ url, ...who, timeoutMs: 30_000 });
  await session.signIn();
  return session;
}
