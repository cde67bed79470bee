import { command } from '@fenghuo/contracts/commands.ts';
import { useState } from 'react';
import { queryClient } from '../feed/queries.ts';
import { act, newCommandId } from './act.ts';
import type { Acting, ActState } from './use-act.ts';

/** Acts on what no feed tells: an act is over when what the server says under these paths has been read again. */
export function useSettledAct(...stale: readonly string[]): Acting {
  const [shown, setShown] = useState<ActState>({ state: 'idle' });
  const perform: Acting['perform'] = async (deed) => {
    setShown({ state: 'sending' });
    const outcome = await act(command.parse({ ...deed, id: newCommandId() }));
    if (outcome.state !== 'failed')
      await queryClient.invalidateQueries({
        predicate: ({ queryKey: [path] }) => stale.some((start) => String(path).startsWith(start)),
      });
    setShown(outcome.state === 'done' ? { state: 'idle' } : outcome);
    return outcome;
  };
  return { shown, busy: shown.state === 'sending', perform };
}
