import { randomUUID } from 'node:crypto';
import {
  type AdministratorsAct,
  type Command,
  type CommandAnswer,
  type DecidedAct,
  isAdministrators,
} from '@fenghuo/contracts/commands.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { isCountywide, liesOver, sees } from '../access/area-scope.ts';
import { maskName } from '../access/personal-data.ts';
import { mayActOn, reachOf } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { whoWasFirst } from '../cases/who-was-first.ts';
import type { Queryable } from '../store/queryable.ts';
import { findLastAct } from '../store/sql/find-last-act.ts';
import { findSubject, type SubjectTable } from '../store/sql/find-subject.ts';
import { insertCommand } from '../store/sql/insert-command.ts';
import { workflowsInUse } from '../workflows-in-force.ts';
import type { AnswerWaiter } from './answer-waiter.ts';

export type CommandOutcome =
  | { status: 'answered'; answer: CommandAnswer }
  /** Handed over and not answered in time; asking again with the same command finds out. */
  | { status: 'waiting' }
  | { status: 'refused'; reason: 'not-authorised' | 'command-id-taken' };

export interface CommandDeskOptions {
  db: Queryable;
  county: string;
  /** Of the county: what people are told of times goes by it. */
  timeZone: string;
  answers: AnswerWaiter;
  /** How long a person waits for the writer. */
  waitMs: number;
}

/** What acts are about; drills and books are the county's, as is what administrators do. */
const subjectTables: Record<
  Exclude<DecidedAct, 'remove-from-service' | 'assign-upkeep' | 'send-broadcast'>,
  SubjectTable | null
> = {
  'acknowledge-alarm': 'alarm',
  'reset-alarm': 'alarm',
  'shelve-alarm': 'alarm',
  'unshelve-alarm': 'alarm',
  'return-to-service': 'hold',
  'start-building-test': 'building',
  'end-building-test': 'hold',
  'acknowledge-incident': 'incident',
  'open-ticket': 'incident',
  'merge-incidents': 'incident',
  'split-incident': 'incident',
  'move-ticket': 'ticket',
  'resolve-upkeep': 'upkeep',
  'return-upkeep': 'upkeep',
  'assign-ticket': 'ticket',
  'transfer-ticket': 'ticket',
  'chase-ticket': 'ticket',
  'read-broadcast': 'broadcast',
  'add-party': 'ticket',
  'move-party': 'ticket',
  'release-party': 'ticket',
  'set-duty': 'roster',
  'reopen-ticket': 'ticket',
  'record-follow-up': 'ticket',
  'list-for-supervision': 'ticket',
  'end-supervision': 'ticket',
  'add-note': 'incident',
  'add-evidence': 'incident',
  'start-drill': null,
  'end-drill': null,
  'put-rulebook': null,
  'put-workflow': null,
  'register-devices': null,
  'register-buildings': null,
  'register-units': null,
  'register-people': null,
  'take-report': null,
};

/**
 * Takes acts of people to the writer through the database and brings the answer back. It decides who may,
 * where; what may be done now, and on which version, is the writer's to say.
 */
export class CommandDesk {
  readonly #options: CommandDeskOptions;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  async submit(actor: WhoAmI, body: Command): Promise<CommandOutcome> {
    const { db, county, answers, waitMs } = this.#options;
    if (!(await this.#isAuthorised(actor, body))) return { status: 'refused', reason: 'not-authorised' };
    const answered = answers.wait(body.id, waitMs);
    const mine = await insertCommand(db, { county, actor, body });
    if (!mine) return { status: 'refused', reason: 'command-id-taken' };
    void answers.look([body.id]);
    const answer = await answered;
    if (answer === null) return { status: 'waiting' };
    return { status: 'answered', answer: await this.#tellSecond(actor, body, answer) };
  }

  /** The writer knows that somebody was first; the record also knows who, at which seat, when, and what they did. */
  async #tellSecond(actor: WhoAmI, { subject }: Command, answer: CommandAnswer): Promise<CommandAnswer> {
    const { db, county, timeZone } = this.#options;
    if (answer.ok || (answer.reason !== 'version-conflict' && answer.reason !== 'unknown-subject'))
      return answer;
    const last = await findLastAct(db, { county, subject });
    if (last === null) return answer;
    const workflows = last.workflow === null ? [] : await workflowsInUse(db, county);
    const name = mayUse(actor, 'personal-data', county) ? last.name : maskName(last.name);
    const message = whoWasFirst({ last, workflows, name, timeZone });
    return message === null ? answer : { ...answer, message };
  }

  /** Puts on the record that somebody came in or left. Nobody waits for the writer: a door must open while it is away. */
  async note(actor: WhoAmI, what: Pick<AdministratorsAct, 'act' | 'subject' | 'detail'>): Promise<void> {
    const { db, county } = this.#options;
    const body = { ...what, id: randomUUID(), seat: '', reason: '' };
    await insertCommand(db, { county, actor, body });
  }

  /** A subject that does not exist is the writer's to refuse, but only a whole county's account learns so. */
  async #isAuthorised(actor: WhoAmI, body: Command): Promise<boolean> {
    const { db, county } = this.#options;
    if (!mayUse(actor, body.act, county)) return false;
    const reach = reachOf(county, actor);
    if (isCountywide(reach)) return true;
    if (body.act === 'send-broadcast' && !sees(reach, body.area)) return false;
    for (const { table, id } of subjectsOf(body)) {
      if (table === null) continue;
      const subject = await findSubject(db, { county, table, id });
      if (subject === null) return false;
      const may =
        body.act === 'read-broadcast' ? liesOver(reach, subject.area) : mayActOn(reach, body.act, subject);
      if (!may) return false;
    }
    return true;
  }
}

/** An act that is about several things needs all of them within the actor's reach. */
function subjectsOf(body: Command): { table: SubjectTable | null; id: string }[] {
  if (body.act === 'assign-upkeep') return body.orders.map(({ id }) => ({ table: 'upkeep', id }));
  if (body.act === 'send-broadcast')
    return [{ table: body.of === 'incident' ? 'incident' : null, id: body.subject }];
  if (isAdministrators(body)) return [{ table: null, id: body.subject }];
  const subject = {
    table: body.act === 'remove-from-service' ? body.of : subjectTables[body.act],
    id: body.subject,
  };
  return body.act === 'merge-incidents' ? [subject, { table: 'incident', id: body.into }] : [subject];
}
