import { useEffect, useRef } from 'react';
import { type DeskKey, deskKeyOf, type KeyPlace } from './desk-keys.ts';

/** What each key does now; one that is absent does nothing and is left to the browser. */
export type KeyDeeds = { [K in DeskKey]?: (() => void) | undefined };

/** Hears the keys of the desk while the caller is shown. */
export function useDeskKeys(deeds: KeyDeeds): void {
  const current = useRef(deeds);
  useEffect(() => {
    current.current = deeds;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const id = deskKeyOf(event, placeOf(event.target));
      const deed = id === null ? undefined : current.current[id];
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('input:not([type="checkbox"]), textarea, select') !== null) return 'field';
  return target.closest('button, a, summary') === null ? 'page' : 'button';
}
