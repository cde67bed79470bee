import { type OwnBroadcasts, ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import { askEveryMs } from '../broadcast/to-read.tsx';
import { request } from '../feed/request.ts';
import { useStation } from '../state/station.ts';
import { phoneStore } from './phone-store.ts';
import { useOutbox } from './postman.ts';

type Unread = OwnBroadcasts['broadcasts'];

const keyOf = (unit: string) => `unread:${unit}`;

/**
 * The broadcasts that a unit has not read, as this phone heard last, less those that were read here: an answer that was on its
 * way may have them still when the outbox has them no more.
 */
export function useUnread({ unit }: WhoAmI): Unread {
  const [known, setKnown] = useState<Unread>([]);
  const [readHere, setReadHere] = useState<ReadonlySet<string>>(new Set());
  const { entries } = useOutbox();
  const broadcasts = useStation((station) => station.world?.broadcasts);
  const turn = [...(broadcasts?.keys() ?? [])].join(' ');
  useEffect(() => (unit === undefined || turn === '' ? undefined : follow(unit, setKnown)), [unit, turn]);
  const waiting = entries.flatMap((entry) => (entry.kind === 'read' ? entry.broadcast : []));
  const fresh = waiting.filter((id) => !readHere.has(id));
  if (fresh.length > 0) setReadHere(new Set([...readHere, ...fresh]));
  const unread = known.filter(({ id }) => (broadcasts?.has(id) ?? false) && !readHere.has(id));
  useEffect(() => {
    if (unit === undefined || readHere.size === 0) return;
    void phoneStore.keepKnown(
      keyOf(unit),
      known.filter(({ id }) => !readHere.has(id)),
    );
  }, [unit, known, readHere]);
  return unread;
}

/** Tells what is kept, then what the station says now and again, until the returned function is called. */
function follow(unit: string, tell: (unread: Unread) => void): () => void {
  let stopped = false;
  const key = keyOf(unit);
  const ask = async () => {
    const answer = await request({ method: 'GET', path: '/broadcasts/mine', answer: ownBroadcasts });
    if (!answer.ok || stopped) return;
    const unread = answer.body.broadcasts.filter(({ readAt }) => readAt === null);
    tell(unread);
    await phoneStore.keepKnown(key, unread);
  };
  void phoneStore
    .known(key)
    .then((kept) => stopped || (kept !== undefined && tell(kept as Unread)))
    .then(ask);
  const timer = setInterval(() => void ask(), askEveryMs);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
