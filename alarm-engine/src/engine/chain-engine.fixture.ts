import type { Command } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { DutyPost, TicketStage } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { expect } from 'vitest';
import type { Message } from '../notify/message.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';
import { SmallEngine } from './small-engine.fixture.ts';

/** The small county, with a second team and a police station a kilometre off. */
export class ChainEngine extends SmallEngine {
  constructor(workflow?: Workflow) {
    super(shippedRulebook(), workflow ?? shippedWorkflow().workflow);
    const words = (text: string) => ({ zh: text, en: text });
    const place = { area: '331081100', parent: 'U1', lon: 121.36, lat: 28.489 };
    this.registry.addUnit({ ...place, id: 'U3', level: 'team', name: words('二队'), capabilities: ['fire'] });
    this.registry.addUnit({
      ...place,
      id: 'U4',
      level: 'team',
      name: words('派出所'),
      capabilities: ['police'],
    });
    for (const [id, unit] of [
      ['P3', 'U3'],
      ['P4', 'U4'],
    ] as const)
      this.registry.addPerson({ id, unit, post: 'mobile', onDuty: true });
  }

  get ticket(): TicketRecord {
    return this.tickets[0]!;
  }

  /** An act on the ticket as it is. */
  act(body: { act: Command['act'] } & Record<string, unknown>) {
    const { id: subject, version: expectedVersion } = this.ticket;
    return this.order({ subject, expectedVersion, ...body } as Parameters<SmallEngine['order']>[0]);
  }

  move(...steps: TicketStage[]): void {
    for (const to of steps)
      expect(this.act({ act: 'move-ticket', to, reason: 'x' })).toMatchObject({ ok: true });
  }

  setDuty(subject: string, post: DutyPost | null, until: number | null = null) {
    return this.order({ act: 'set-duty', subject, post, until });
  }

  /** What the last input told, to whom. */
  get told() {
    return told(this.last!.messages);
  }

  get acts(): string[] {
    return this.last!.audit.map(({ act }) => act);
  }

  /** Fires what is due up to then, and gives all that it told. */
  tellsIn(ms: number) {
    const before = this.sent.length;
    this.wait(ms);
    return told(this.sent.slice(before));
  }
}

const told = (messages: readonly Message[]) =>
  messages.map(({ kind, unit, people }) => [kind, unit, ...people]);

/** A call point, acknowledged: high, and not confirmed, so nobody is ordered by itself. */
export function fire({ acknowledged = true } = {}): ChainEngine {
  const engine = new ChainEngine();
  engine.say('M1', 'manual');
  const { id, version } = engine.incidents[0]!;
  if (acknowledged) engine.order({ act: 'acknowledge-incident', subject: id, expectedVersion: version });
  return engine;
}

export const kinds = (all: readonly string[][]) => all.map(([kind]) => kind);
export const escalated = ({ ticket }: ChainEngine) => ticket.escalations.map(({ unit }) => unit);
