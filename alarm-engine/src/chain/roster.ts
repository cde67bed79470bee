import { type DutyPost, dutyPosts } from '@fenghuo/contracts/words.ts';
import type { RegisteredPerson, Registry } from '../registry/registry.ts';

/** Whether somebody is on duty and what as, as it was last said. */
export interface Duty {
  person: string;
  onDuty: boolean;
  post: DutyPost;
  /** Ends by itself then, ms; null: when somebody says so. */
  until: number | null;
  /** Account, or `engine`; and when. */
  by: string;
  at: number;
}

/** What was changed since the county was registered, by person. */
export type Changes = { get: (person: string) => Duty | undefined };

/** Whom a unit of the chain has, and what each does: the registry, and what was changed since. */
export class Roster {
  readonly #registry: Registry;
  readonly #changes: Changes;

  constructor(registry: Registry, changes: Changes) {
    this.#registry = registry;
    this.#changes = changes;
  }

  /** People of a unit on duty, those of the first post first, else by id. */
  onDuty(unit: string): RegisteredPerson[] {
    return this.#registry
      .peopleOf(unit)
      .map((person) => this.#asChanged(person))
      .filter(({ onDuty }) => onDuty)
      .sort((a, b) => dutyPosts.indexOf(a.post) - dutyPosts.indexOf(b.post));
  }

  /** How many of a unit are on duty. Asked of every team within reach: no list is made. */
  count(unit: string): number {
    let count = 0;
    for (const { id, onDuty } of this.#registry.peopleOf(unit))
      if (this.#changes.get(id)?.onDuty ?? onDuty) count += 1;
    return count;
  }

  #asChanged(person: RegisteredPerson): RegisteredPerson {
    const duty = this.#changes.get(person.id);
    return duty === undefined ? person : { ...person, onDuty: duty.onDuty, post: duty.post };
  }
}
