import type { Command } from '@fenghuo/contracts/commands.ts';
import type { Role } from '@fenghuo/contracts/words.ts';
import type { ClosedCase } from './closed-case.ts';

/** The person behind a command, as the web vouches for them. */
export interface Actor {
  account: string;
  name: string;
  /** `resident`: nobody signed in, by the public page. */
  role: Role | 'resident';
  /** Area prefix that the actor may act in. */
  area: string;
  /** Unit that they belong to; absent: none, or it is not known. */
  unit?: string | undefined;
  /** Where their session sits, such as 席位 2; absent: nowhere that was said. */
  seat?: string | undefined;
}

/** A row of the command table that waits for its answer. */
export interface WaitingCommand {
  actor: Actor;
  body: Command;
}

/** A command at its turn. */
export interface NumberedCommand extends WaitingCommand {
  engineNo: number;
  /** The case that it names, when that is no longer in memory. */
  closedCase: ClosedCase | null;
}
