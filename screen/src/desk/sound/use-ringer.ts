import { useEffect, useRef } from 'react';
import { useStation } from '../../state/station.ts';
import { useDataAge } from '../../ui/now.ts';
import { followedList, useOpenList } from '../list/followed-list.ts';
import { Ringer, silentAfterMs } from './ringer.ts';

/** Makes the desk heard while the caller is shown: alarms that call, a high one that still waits, a server that is silent. */
export function useRinger(): void {
  const ringer = useRef<Ringer | null>(null);
  const { list } = useOpenList();
  const status = useStation((station) => station.status);
  const ageMs = useDataAge();
  useEffect(() => {
    const made = new Ringer();
    ringer.current = made;
    followedList.onCall = (severity) => made.call(severity);
    const stop = made.start();
    return () => {
      followedList.onCall = () => {};
      stop();
    };
  }, []);
  const gravest = list.order.find(({ unacknowledged }) => unacknowledged)?.incident;
  const waits = gravest?.severity === 'high' && gravest.run === null;
  const serverIsSilent = status !== 'live' && ageMs >= silentAfterMs;
  useEffect(() => ringer.current?.stand({ waits, serverIsSilent }), [waits, serverIsSilent]);
}
