import { issuedCredential } from '@fenghuo/contracts/rest.ts';
import type { HostileDeed } from '../scenario/script.ts';
import { Failure } from '../station/failure.ts';
import type { Cleanup } from './cleanup.ts';
import { HostileClient } from './hostile-client.ts';
import type { ScriptWriter } from './script-writer.ts';
import { type StationAccess, signedIn } from './station-access.ts';

export interface HostileWork {
  station: StationAccess;
  county: string;
  deeds: readonly HostileDeed[];
  writer: ScriptWriter;
}

/** Has a secret issued to the device, for somebody to have stolen; it is taken back at the end. */
export async function hireHostile(work: HostileWork, cleanups: Cleanup[]): Promise<HostileClient> {
  const { station, county, deeds, writer } = work;
  const { url, administrator, live } = station;
  if (url === null || administrator === null || live === null)
    throw new Failure(
      'no-station',
      'The scenario has a hostile device: an administrator must give it a secret.',
    );
  const session = await signedIn(url, administrator);
  cleanups.push(() => session.signOut());
  const username = `hostile-${process.pid}`;
  const wish = { kind: 'device', username, device: deeds[0]!.device };
  const { secret } = await session.post('/credentials', wish, issuedCredential);
  cleanups.push(() => session.revoke(username));
  return new HostileClient({
    ...{ target: station.target, county, line: live, stolen: { username, password: secret } },
    said: (i) =>
      Number.isNaN(writer.times[i]!) ? null : { topic: writer.topicOf(i), payload: writer.payloadOf(i) },
  });
}
