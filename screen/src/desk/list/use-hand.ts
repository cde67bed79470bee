import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Listed } from '../../state/open-list.ts';
import { type Held, holdOrder, type Stay, stayOf } from './held-rows.ts';

/** A key that moved in the list holds it for so long, ms: the eyes are still on it. */
const keyHoldMs = 10_000;

interface Hand {
  /** Somebody is at the list: its rows keep their places. */
  isThere: boolean;
  pointer: (isIn: boolean) => void;
  scrolled: (top: number) => void;
  keyed: () => void;
}

/** Whether somebody is at the list: the pointer is on it, it is scrolled down, or a key has just moved in it. */
export function useHand(): Hand {
  const [isIn, setIn] = useState(false);
  const [isDown, setDown] = useState(false);
  const [isKeyed, setKeyed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const keyed = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setKeyed(false), keyHoldMs);
    setKeyed(true);
  }, []);
  const scrolled = useCallback((top: number) => setDown(top > 0), []);
  return { isThere: isIn || isDown || isKeyed, pointer: setIn, scrolled, keyed };
}

interface Holding extends Held {
  letIn: () => void;
}

/**
 * The list as it is shown: as it is while nobody is at it, and in its places from when the hand came. `key` names what is
 * looked at; another filter is another list, and begins with what is there.
 */
export function useHeld(
  now: readonly Listed[],
  { isThere, key, find }: { isThere: boolean; key: string; find: (id: string) => Listed | undefined },
): Holding {
  const [held, setHeld] = useState<{ key: string; stay: Stay } | null>(null);
  const isHeld = isThere && held?.key === key;
  if (isThere && !isHeld) setHeld({ key, stay: stayOf(now) });
  if (!isThere && held !== null) setHeld(null);
  const stay = isHeld ? held.stay : null;
  const shown = useMemo(
    () => (stay === null ? { order: now, waiting: 0, gravest: null } : holdOrder(stay, now, find)),
    [stay, now, find],
  );
  return { ...shown, letIn: () => setHeld(null) };
}
