import { command } from '@fenghuo/contracts/commands.ts';
import { useState } from 'react';
import type { z } from 'zod';
import { type ActOutcome, act, newCommandId } from './act.ts';

/** The state of the last act on one subject. */
export type ActState = { state: 'idle' } | { state: 'sending' } | ActOutcome;

export interface Acting {
  /** What to tell the person now. */
  shown: ActState;
  /** An act is on its way or waits for its change: no second one yet. */
  busy: boolean;
  perform: (what: Deed) => Promise<ActOutcome>;
}

type Sendable = z.input<typeof command>;

/** An act without its id. */
type Deed = { [A in Sendable['act']]: Omit<Extract<Sendable, { act: A }>, 'id'> }[Sendable['act']];

/** Acts on the record that stands at `version`, 0 when the act is to make it. An act is over when its change has arrived, not before. */
export function useAct(version: number): Acting {
  const [last, setLast] = useState<ActState>({ state: 'idle' });
  const [from, setFrom] = useState(version);
  const arrived =
    (last.state === 'done' && version >= last.version) || (last.state === 'unanswered' && version > from);
  const shown: ActState = arrived ? { state: 'idle' } : last;
  const busy = shown.state === 'sending' || shown.state === 'done' || shown.state === 'unanswered';
  const perform = async (deed: Deed) => {
    setFrom(version);
    setLast({ state: 'sending' });
    const outcome = await act(command.parse({ ...deed, id: newCommandId() }));
    setLast(outcome);
    return outcome;
  };
  return { shown, busy, perform };
}
