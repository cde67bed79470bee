import { type Command, command } from '@fenghuo/contracts/commands.ts';
import { useState } from 'react';
import { type ActOutcome, act, newCommandId } from './act.ts';

/** The state of the last act on one subject. */
export type ActState = { state: 'idle' } | { state: 'sending' } | ActOutcome;

export interface Acting {
  /** What to tell the person now. */
  shown: ActState;
  /** An act is on its way or waits for its change: no second one yet. */
  busy: boolean;
  perform: (what: Deed) => Promise<void>;
}

type Versioned = Extract<Command, { expectedVersion: number }>;

/** An act without what every act has. */
type Deed = Pick<Versioned, 'act' | 'subject' | 'expectedVersion'> & { to?: string; reason?: string };

/** Acts on the record that stands at `version`. An act is over when its change has arrived, not before. */
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
    setLast(await act(command.parse({ ...deed, id: newCommandId() })));
  };
  return { shown, busy, perform };
}
