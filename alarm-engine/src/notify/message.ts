import type { MessageKind, MessageTicket } from '@fenghuo/contracts/deliveries.ts';

/** What the people on duty of a ticket's holder are to be told. Who they are is asked as it is written. */
export interface Message {
  /** Derives from the engine number of the input that it tells of: a county tells nothing twice. */
  id: string;
  kind: MessageKind;
  ticket: MessageTicket;
}
