import { useEffect } from 'react';
import { go } from '../route.ts';

/** F2 anywhere at the desk, and N where nobody types, opens the intake form: the telephone rings. */
export function useIntakeKey(may: boolean): void {
  useEffect(() => {
    if (!may) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const types =
        event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== 'F2' && (types || event.key.toLowerCase() !== 'n')) return;
      event.preventDefault();
      go('/desk?view=intake', 'replace');
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [may]);
}
