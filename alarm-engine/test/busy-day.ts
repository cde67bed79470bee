import { randomUUID } from 'node:crypto';
import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { Client } from 'pg';
import type { History } from './history.ts';
import { county } from './small-county.ts';

/** A building for each fire of eight hours; a detector in each. Every 900 m, so that no two are one happening. */
const buildings = 1500;
export const estate = `
  insert into fenghuo.building (id, county, area, name_zh, name_en, use, floors, lon, lat, footprint)
  select 'DB' || n, '${county}', case when n % 2 = 0 then '331081100203-02' else '331081101207-01' end, n || ' 号楼', null,
         'residential', 6, 121.0 + (n % 40) * 0.009, 28.0 + (n / 40) * 0.009, '[]'
  from generate_series(0, ${buildings - 1}) as n;
  insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat, parent, camera)
  select 6 + n, 'DD-' || n, '${county}', 'smoke', true, b.area, b.id, 1, null, b.lon, b.lat, null, null
  from generate_series(0, ${buildings - 1}) as n join fenghuo.building b on b.id = 'DB' || n`;

/** Numbers of the day, the same each time it is run. */
export class Dice {
  #seed = 20_261_124;

  /** True in so many of a hundred throws. */
  in100(many: number): boolean {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32 < many / 100;
  }
}

type Act = { act: string; subject: string } & Record<string, unknown>;
const onwards: Record<string, string> = {
  ...{ received: 'dispatched', dispatched: 'accepted', accepted: 'on-scene', 'on-scene': 'under-control' },
  ...{ 'under-control': 'feedback', feedback: 'review', supervision: 'closed' },
};

/** What people do next about a case, of all that may be done; null: they take their time. */
export function nextAct(ticket: TicketRecord, dice: Dice): Act | null {
  if (dice.in100(25)) return null;
  const { id: subject, version: expectedVersion, step, severity, parties, holder } = ticket;
  const of = { subject, expectedVersion, reason: '已办' };
  const move = (to: string) => ({ ...of, act: 'move-ticket', to });
  const atIt = parties.find(({ state }) => state !== 'done' && state !== 'released');
  if (atIt !== undefined && (step === 'review' || dice.in100(30)))
    return { ...of, act: 'move-party', unit: atIt.unit, to: 'done' };
  if (step === 'received' && dice.in100(5)) return move('false-alarm');
  if (['dispatched', 'under-control', 'review'].includes(step) && dice.in100(4))
    return move(step === 'dispatched' ? 'received' : 'on-scene');
  if (step === 'on-scene' && parties.length === 0 && holder !== 'U-village' && dice.in100(8))
    return { ...of, act: 'add-party', unit: 'U-village', role: 'support' };
  if (step === 'review') return move(severity === 'high' ? 'supervision' : 'closed');
  return move(onwards[step]!);
}

/** A day in which people do what they do in steps of minutes, many of them at once. */
export class Day {
  readonly #history: History;
  readonly #outside: Client;

  constructor(history: History, outside: Client) {
    this.#history = history;
    this.#outside = outside;
  }

  burn(n: number, kind: EventKind): Promise<void> {
    return this.#history.say(this.#history.event({ deviceId: `DD-${n % buildings}`, kind }));
  }

  /** All of them in one breath; resolves with how many were refused, by reason. */
  async order(acts: readonly Act[]): Promise<Map<string, number>> {
    const actor = { account: 'chen', name: 'chen', role: 'commander', area: county };
    const bodies = acts.map((act) => ({ id: randomUUID(), seat: '', reason: '', ...act }));
    await this.#outside.query(
      `insert into fenghuo.command (id, county, actor, body)
       select (body ->> 'id')::uuid, $1, $2, body from jsonb_array_elements($3::jsonb) as body`,
      [county, actor, JSON.stringify(bodies)],
    );
    const ids = bodies.map(({ id }) => id);
    for (;;) {
      await this.#history.pass(0);
      const { rows } = await this.#outside.query<{ reason: string | null; waits: boolean; n: number }>(
        `select answer ->> 'reason' as reason, answer is null as waits, count(*)::int as n
         from fenghuo.command where id = any ($1::uuid[]) group by 1, 2`,
        [ids],
      );
      if (!rows.some(({ waits }) => waits))
        return new Map(rows.map(({ reason, n }) => [reason ?? 'done', n]));
    }
  }

  async open<T extends AlarmRecord | IncidentRecord | TicketRecord>(table: string): Promise<T[]> {
    const { rows } = await this.#outside.query<{ doc: T }>(
      `select doc from fenghuo.${table} where closed_at is null order by id`,
    );
    return rows.map(({ doc }) => doc);
  }
}
