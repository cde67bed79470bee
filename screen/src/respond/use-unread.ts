import { type OwnBroadcasts, ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useCallback, useEffect, useState } from 'react';
import { askEveryMs } from '../broadcast/to-read.tsx';
import { request } from '../feed/request.ts';
import { useStation } from '../state/station.ts';
import { phoneStore } from './phone-store.ts';
import { useOutbox } from './postman.ts';

type Unread = OwnBroadcasts['broadcasts'];

const keyOf = (unit: string) => `unread:${unit}`;

/**
 * The broadcasts that a unit has not read, as this phone heard last, less those that were read here; `hide` takes one out for
 * as long as the page is open: an answer that was on its way may have it still.
 */
export function useUnread({ unit }: WhoAmI): { unread: Unread; hide: (broadcast: string) => void } {
  const [known, setKnown] = useState<Unread>([]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { entries } = useOutbox();
  const broadcasts = useStation((station) => station.world?.broadcasts);
  const turn = [...(broadcasts?.keys() ?? [])].join(' ');
  useEffect(() => (unit === undefined || turn === '' ? undefined : follow(unit, setKnown)), [unit, turn]);
  const waiting = new Set(entries.map((entry) => (entry.kind === 'read' ? entry.broadcast : '')));
  const isOpen = (id: string) => broadcasts?.has(id) ?? false;
  const unread = known.filter(({ id }) => isOpen(id) && !hidden.has(id) && !waiting.has(id));
  const hide = useCallback((broadcast: string) => setHidden((all) => new Set([...all, broadcast])), []);
  return { unread, hide };
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
