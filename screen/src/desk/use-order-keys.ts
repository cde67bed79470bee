import { useEffect, useRef } from 'react';

/** Digits where nobody types: 1 orders the first team proposed, 2 the second. Null: an order is under way. */
export function useOrderKeys(units: readonly string[], order: ((unit: string) => void) | null): void {
  const now = useRef({ units, order });
  now.current = { units, order };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select') !== null) return;
      const unit = /^[1-9]$/.test(event.key) ? now.current.units[Number(event.key) - 1] : undefined;
      if (unit === undefined || now.current.order === null) return;
      event.preventDefault();
      now.current.order(unit);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
