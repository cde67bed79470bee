import type {
  DrillMessageKind,
  MessageDrill,
  MessageKind,
  MessageTicket,
} from '@fenghuo/contracts/deliveries.ts';
import type { Words } from '@fenghuo/contracts/words.ts';

/** What people of a unit are to be told, of a ticket or of none. The writer says who they are: a replay tells the same people. */
export interface Message {
  /** Derives from the engine number of the input that it tells of: a county tells nothing twice. */
  id: string;
  kind: MessageKind;
  /** Unit that is told, and ids of those who are; of a unit above it where nobody of it is on duty. */
  unit: string;
  people: readonly string[];
  /** What else is to be said; null: nothing. */
  note: Words | null;
  run: string | null;
  incident: string | null;
  ticket: MessageTicket | null;
}

/** What the participants of a drill are to be told of it; those of each unit by a message of their own. */
export interface DrillMessage {
  /** As that of a {@link Message}. */
  id: string;
  kind: DrillMessageKind;
  unit: string;
  people: readonly string[];
  run: string;
  incident: null;
  drill: MessageDrill;
}
